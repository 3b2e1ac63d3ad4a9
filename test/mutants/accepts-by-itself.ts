import { acceptFor } from '../../src/wire/handshake.ts';
import { endOfHead } from '../../src/wire/head.ts';
import { defineMutant, perPair } from './mutant.ts';

/**
 * A server of WebSockets to the client and a client to the origin, as one writes it with a library: it takes the client
 * in, asks the origin then, and what the client says meanwhile nobody listens to.
 */
export default defineMutant(
  'accepts-by-itself',
  {
    'rejection/status': 'accepted-by-proxy',
    'rejection/origin-drops': 'accepted-by-proxy',
    'messages/text': 'opening-messages-lost',
  },
  () => {
    const memory = perPair(() => ({ listens: false }));
    return {
      switched: () => true,
      request: (head, { client }) => {
        const accept = acceptFor(head.get('sec-websocket-key') ?? '');
        const fields = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}`;
        client.write(Buffer.from(`HTTP/1.1 101 Switching Protocols\r\n${fields}\r\n\r\n`));
        return head;
      },
      answer: (bytes, { client, origin, response }) => {
        if (response?.status === 101) return client.write(bytes.subarray(endOfHead(bytes)));
        client.finish();
        origin.finish();
      },
      up: (chunk, pass, pair) => {
        const mind = memory(pair);
        if (mind.listens) pass(chunk);
        mind.listens = true;
      },
    };
  },
);
