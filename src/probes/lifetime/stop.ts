import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §7.1.1: "An endpoint SHOULD use a method that cleanly closes the TCP connection, as well as the TLS session,
// if applicable". What is left open, or reset, is told to nobody.
export default defineProbe({
  id: 'lifetime/stop',
  title: 'When the proxy is stopped, it ends an open WebSocket in order, on both sides',
  failure: 'When the proxy is stopped, it resets an open WebSocket, or tells one side nothing',
  level: 'should',
  spec: ['rfc6455#section-7.1.1'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  requires: ['stop'],
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, journal, proxy }) {
    const socket = await dial();
    await socket.echo('before the end');
    const [client, origin] = await Promise.all([
      socket.end('the client to be told of the end'),
      journal(socket, ({ ending }) => ending !== undefined, 'the end'),
      proxy.terminate(),
    ]);
    expect([client.ending.how, origin.ending?.how]).toBe(['fin', 'fin'], 'the ends at the client and at the origin');
  },
  why: 'After a restart of the proxy the origin keeps the sessions of clients that are gone, until a timeout of its own.',
});
