import { endSwitches } from '../bad-switch.ts';
import { defineProbe } from '../probe.ts';
import { strayPast } from '../stray.ts';

/** ms in which an answer is there, if there is one. */
const MOMENT = 400;

// RFC 9110 §7.8: "A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding
// request's Upgrade header field." To the client the gateway is that server.
export default defineProbe({
  id: 'rejection/unsolicited-101',
  title: 'A 101 that nobody has asked for opens no tunnel',
  failure: 'A 101 that nobody has asked for opens a tunnel past the proxy',
  level: 'must',
  spec: ['rfc9110#section-7.8', 'rfc9110#section-15.2.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  exclusive: true,
  async run(context) {
    try {
      await strayPast(context, { plain: true, scene: { play: 'switch' }, answerWithin: MOMENT });
    } finally {
      await endSwitches(context);
    }
  },
  why: 'A plain request turns into a tunnel to the servers behind the proxy, past its rules and its logs.',
});
