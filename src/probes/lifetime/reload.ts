import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** ms: the command has been obeyed, but what it sets off takes a moment. */
const AFTERMATH = 1000;

// RFC 6455 §7.4.1: "1001 indicates that an endpoint is "going away", such as a server going down". The registry of close
// codes (§11.7) has 1012, "Service Restart", as well. Without either the client sees a fault of the network. To the origin
// a proxy that says so is a client, and §5.1 holds: "a client MUST mask all frames that it sends to the server".
export default defineProbe({
  id: 'lifetime/reload',
  title: 'A reload leaves an open WebSocket alone, or closes it with 1001 or 1012, masked towards the origin',
  failure: 'A reload cuts an open WebSocket, or closes it against the rules',
  level: 'should',
  spec: [
    'rfc6455#section-7.4.1',
    'rfc6455#section-5.1',
    'https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number',
  ],
  needs: ['handshake/upgrade'],
  tag: 'full',
  requires: ['reload'],
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, proxy, journal }) {
    const socket = await dial();
    await socket.echo('before the reload');
    await proxy.reload();
    const closing = await socket.endWithin(AFTERMATH);
    if (!closing) return void (await socket.echo('after the reload'));
    expect(closing.code).toBeOneOf([1001, 1012], 'the close code at the client');
    // Whether the origin is told at all is another matter.
    const seen = await journal(socket, ({ ending }) => ending !== undefined).catch(() => journal(socket));
    expect(seen.violation).toBe(undefined, 'a rule that is broken at the origin');
  },
  why: 'Each change of the configuration, each new certificate, and all clients are cut off and come back at once.',
});
