import { sendEarly } from '../early.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "Once the client's opening handshake has been sent, the client MUST wait for a response from the server
// before sending any further data." Here the head has long been read, and the 101 is still to come.
export default defineProbe({
  id: 'handshake/early-before-101',
  title: 'A frame that the client sends while the origin has not answered yet arrives',
  failure: 'A frame that the client sends while the origin has not answered yet gets lost',
  level: 'info',
  spec: ['rfc6455#section-4.1'],
  needs: ['handshake/upgrade'],
  run: (context) =>
    sendEarly(context, Buffer.from('sent before the answer'), {
      segments: (head) => [head],
      pause: 50,
      scene: { late: 250 },
    }),
  why: 'Clients that are in a hurry lose their first message as soon as the server takes its time to accept.',
});
