import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "Once the client's opening handshake has been sent, the client MUST wait for a response from the
// server". How long a gateway waits is its own choice (RFC 9110 §15.6.5), but the time of a login it should have.
export default defineProbe({
  id: 'handshake/late-101',
  title: 'The proxy waits for an origin that takes its time to accept',
  failure: 'The proxy does not wait for an origin that takes its time to accept',
  level: 'should',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-15.6.5'],
  needs: ['handshake/upgrade'],
  waits: true,
  async run({ dial, patience }) {
    await dial({ scene: { late: Math.min(1500, Math.round(patience / 2)) } });
  },
  why: 'Whoever looks up a session before accepting is cut off as soon as the database is slow.',
});
