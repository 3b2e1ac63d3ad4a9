import { Opcode } from '../../wire/frame.ts';
import { defineProbe } from '../probe.ts';
import { breakRule } from '../violation.ts';

// RFC 6455 §8.1: "When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a
// valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_." A tunnel is no endpoint.
export default defineProbe({
  id: 'messages/invalid-utf8',
  title: 'Text that is not UTF-8 reaches the origin: the proxy tunnels',
  failure: 'Text that is not UTF-8 does not reach the origin: the proxy reads messages',
  level: 'info',
  spec: ['rfc6455#section-8.1'],
  needs: ['messages/text'],
  run: (context) =>
    breakRule(
      context,
      { opcode: Opcode.text, payload: Buffer.from('G\xf6\xdfe', 'latin1') },
      'a text message that is not UTF-8 (RFC 6455 §5.6)',
    ),
  why: 'Where a proxy reads messages, it is the proxy that users have to thank for a 1007, and its log that says why.',
});
