import { NoAnswer } from '../../wire/h1.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** ms in which a 101 that is passed on has come. */
const MOMENT = 1000;

// RFC 9110 §7.8: "A server MUST NOT switch to a protocol that was not indicated by the client in the corresponding
// request's Upgrade header field." To the client the gateway is that server.
export default defineProbe({
  id: 'rejection/unsolicited-101',
  title: 'A 101 that nobody has asked for is not passed on',
  failure: 'A 101 that nobody has asked for is passed on to the client',
  level: 'must',
  spec: ['rfc9110#section-7.8', 'rfc9110#section-15.2.2'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  gatewayOnly: true,
  async run({ ask }) {
    const answer = await ask({ plain: true, scene: { play: 'switch' }, answerWithin: MOMENT }).catch(
      (error: unknown) => {
        // Whether it says anything at all is for rejection/unsolicited-101-answer.
        if (!(error instanceof NoAnswer)) throw error;
      },
    );
    expect(answer?.response.status === 101)
      .about('status')
      .toBe(false, 'a 101 at the client');
  },
  why: 'A plain request turns into a tunnel to the servers behind the proxy, past its rules and its logs.',
});
