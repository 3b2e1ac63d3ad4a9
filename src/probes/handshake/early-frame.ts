import { sendEarly } from '../early.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "Once the client's opening handshake has been sent, the client MUST wait for a response from the server
// before sending any further data." Some do not, and what they send may share a segment with the end of the handshake.
export default defineProbe({
  id: 'handshake/early-frame',
  title: 'A frame that the client sends together with its handshake arrives',
  failure: 'A frame that the client sends together with its handshake gets lost',
  level: 'info',
  spec: ['rfc6455#section-4.1'],
  needs: ['handshake/upgrade'],
  run: (context) => sendEarly(context, Buffer.from('sent with the handshake')),
  why: 'Clients that are in a hurry lose their first message, or the whole conversation is out of step from then on.',
});
