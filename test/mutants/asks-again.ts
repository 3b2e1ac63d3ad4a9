import { connect, type Socket } from 'node:net';
import { defineMutant } from './mutant.ts';

/** Takes an origin that does not answer at once for a connection that has gone bad, and tries another one. */
export default defineMutant(
  'asks-again',
  { 'handshake/late-101': 'handshake-asked-again' },
  {
    request: (head, { origin, client }) => {
      const again = (): void => {
        const { remotePort = 0 } = origin.stream as Socket;
        const second = connect(remotePort, '127.0.0.1').on('error', () => {});
        second.write(head.toBytes());
        origin.finish();
        client.stream.once('close', () => second.destroy());
      };
      origin.stream.once('connect', () => setTimeout(again, 200));
      return head;
    },
    originEnded: () => {},
  },
);
