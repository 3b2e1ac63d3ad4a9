import { Opcode } from '../../wire/frame.ts';
import { defineProbe } from '../probe.ts';
import { breakRule } from '../violation.ts';

// RFC 6455 §5.1: "The server MUST close the connection upon receiving a frame that is not masked." A tunnel is not that
// server, and lets it do so.
export default defineProbe({
  id: 'messages/unmasked-frame',
  title: 'A frame of the client without a mask reaches the origin: the proxy tunnels',
  failure: 'A frame of the client without a mask does not reach the origin: the proxy reads frames',
  level: 'info',
  spec: ['rfc6455#section-5.1'],
  needs: ['messages/text'],
  run: (context) =>
    breakRule(
      context,
      { opcode: Opcode.text, payload: Buffer.from('in the clear'), mask: undefined },
      'an unmasked frame from the client (RFC 6455 §5.1)',
    ),
  why: 'Clients that someone wrote in an afternoon work with one proxy and not with the next.',
});
