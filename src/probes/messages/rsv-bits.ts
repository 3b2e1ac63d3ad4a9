import { Opcode } from '../../wire/frame.ts';
import { defineProbe } from '../probe.ts';
import { breakRule } from '../violation.ts';

// RFC 6455 §5.2: "If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero
// value, the receiving endpoint MUST _Fail the WebSocket Connection_." A tunnel is no endpoint.
export default defineProbe({
  id: 'messages/rsv-bits',
  title: 'A frame with reserved bits that mean nothing reaches the origin: the proxy tunnels',
  failure: 'A frame with reserved bits that mean nothing does not reach the origin: the proxy reads frames',
  level: 'info',
  spec: ['rfc6455#section-5.2'],
  needs: ['messages/text'],
  run: (context) =>
    breakRule(
      context,
      { opcode: Opcode.text, rsv: 2, payload: Buffer.from('RSV2') },
      'RSV bits 2 without an extension (RFC 6455 §5.2)',
    ),
  why: 'Where a proxy reads frames, an extension that it does not know cannot be used, whatever the two ends agree on.',
});
