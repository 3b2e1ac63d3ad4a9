import { defineProbe } from '../probe.ts';
import { strayPast } from '../stray.ts';

// RFC 6455 §1.3: "Any status code other than 101 indicates that the WebSocket handshake has not completed and that the
// semantics of HTTP still apply." With fields as those of a 101, too.
export default defineProbe({
  id: 'rejection/200-is-no-switch',
  title: 'A 200 that names an upgrade opens no tunnel',
  failure: 'A 200 that names an upgrade opens a tunnel past the proxy',
  level: 'must',
  spec: ['rfc6455#section-1.3', 'rfc9110#section-7.8'],
  needs: ['rejection/status'],
  transports: ['ws', 'wss'],
  run: (context) =>
    strayPast(context, {
      scene: {
        play: 'reject',
        status: 200,
        fields: [
          ['Connection', 'Upgrade'],
          ['Upgrade', 'websocket'],
        ],
      },
    }),
  why: 'Whoever finds a page that answers so can talk to the servers behind the proxy, past its rules and its logs.',
});
