import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** In several lines, with a comma in a quoted string, and one without parameters. */
const CHALLENGES = [
  'Negotiate',
  'Basic realm="sales, north", charset="UTF-8"',
  'Bearer realm="api", scope="chat read"',
];

// RFC 9110 §11.6.1: "A proxy forwarding a response MUST NOT modify any WWW-Authenticate header fields in that response."
// Several lines and one list are the same (§5.3).
export default defineProbe({
  id: 'rejection/challenges',
  title: 'All challenges of a 401 come to the client, in their order',
  failure: 'Some of the challenges of a 401 are lost or changed',
  level: 'must',
  spec: ['rfc9110#section-11.6.1', 'rfc9110#section-5.3'],
  needs: ['rejection/status'],
  async run({ ask }) {
    const fields = CHALLENGES.map((challenge): Field => ['WWW-Authenticate', challenge]);
    const { response } = await ask({ scene: { play: 'reject', status: 401, fields } });
    const came = response.get('www-authenticate');
    expect(came).about('www-authenticate').toBe(CHALLENGES.join(', '), 'WWW-Authenticate at the client');
  },
  why: 'The client takes the first way to log in that is left, which may be the one that it cannot go.',
});
