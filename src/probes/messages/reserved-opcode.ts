import { defineProbe } from '../probe.ts';
import { breakRule } from '../violation.ts';

// RFC 6455 §5.2: "If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_." A tunnel is
// no endpoint.
export default defineProbe({
  id: 'messages/reserved-opcode',
  title: 'A frame with a reserved opcode reaches the origin: the proxy tunnels',
  failure: 'A frame with a reserved opcode does not reach the origin: the proxy reads frames',
  level: 'info',
  spec: ['rfc6455#section-5.2'],
  needs: ['messages/text'],
  run: (context) =>
    breakRule(context, { opcode: 3, payload: Buffer.from('non-control') }, 'the reserved opcode 3 (RFC 6455 §5.2)'),
  why: 'Where a proxy reads frames, its version of the protocol is the one that counts, and its upgrade the one to wait for.',
});
