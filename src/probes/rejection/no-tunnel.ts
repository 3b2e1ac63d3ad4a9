import { defineProbe } from '../probe.ts';
import { strayPast } from '../stray.ts';

// RFC 6455 §1.3: "Any status code other than 101 indicates that the WebSocket handshake has not completed and that the
// semantics of HTTP still apply." A proxy that opens its tunnel when the handshake is sent, and not when it is accepted,
// is talked past by a handshake that it knows to fail.
export default defineProbe({
  id: 'rejection/no-tunnel',
  title: 'A handshake that is refused opens no tunnel',
  failure: 'A handshake that is refused opens a tunnel past the proxy all the same',
  level: 'must',
  spec: ['rfc6455#section-1.3', 'rfc6455#section-4.4'],
  needs: ['rejection/status'],
  transports: ['ws', 'wss'],
  run: (context) => strayPast(context, { scene: { play: 'reject', status: 403 } }),
  why: 'A handshake that fails on purpose, and every request behind it reaches the origin past the proxy’s rules and logs.',
});
