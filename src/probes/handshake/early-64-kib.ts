import { sendEarly } from '../early.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "Once the client's opening handshake has been sent, the client MUST wait for a response from the server
// before sending any further data." A proxy that keeps what comes early for the origin keeps it in a buffer, which ends.
export default defineProbe({
  id: 'handshake/early-64-kib',
  title: 'A message of 64 KiB that the client sends together with its handshake arrives',
  failure: 'A message of 64 KiB that the client sends together with its handshake gets lost',
  level: 'info',
  spec: ['rfc6455#section-4.1'],
  needs: ['handshake/early-frame'],
  run: (context) => sendEarly(context, context.random(64 * 1024)),
  why: 'Clients that are in a hurry get by in tests, and lose their connection with the first message that is longer.',
});
