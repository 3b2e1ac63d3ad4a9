import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.2.1: "If the server, while reading the handshake, finds that the client did not send a handshake that
// matches the description below […], the server MUST stop processing the client's handshake and return an HTTP response
// with an appropriate error code (such as 400 Bad Request)." A proxy may say so itself, or leave it to the origin.
export default defineProbe({
  id: 'handshake/missing-key',
  title: 'A handshake without Sec-WebSocket-Key is refused with a status that says whose fault it is',
  failure: 'A handshake without Sec-WebSocket-Key is not refused, or as if it were the server’s fault',
  level: 'must',
  spec: ['rfc6455#section-4.2.1', 'rfc9110#section-15.5'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ ask, arrivals, measure }) {
    const { request, response } = await ask({
      rewrite: (fields) => fields.filter(([name]) => name !== 'Sec-WebSocket-Key'),
    });
    measure('statusWithoutKey', response.status, 'status');
    measure('arrivedWithoutKey', (await arrivals(request)).length, 'count');
    expect(`${Math.floor(response.status / 100)}xx`)
      .about('sec-websocket-key')
      .toBe('4xx', 'the status at the client');
  },
  why: 'Whoever looks for a fault of his own client finds a tunnel that no server agreed to, or a server that seems down.',
});
