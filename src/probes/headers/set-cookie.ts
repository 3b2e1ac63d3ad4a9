import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** The comma in the date is why two of them cannot be one line. */
const LINES = [
  'wsproof-session=b7c9; Path=/; HttpOnly; Expires=Wed, 21 Oct 2037 07:28:00 GMT',
  'wsproof-shard=eu-1; Path=/; Secure',
];

// RFC 6455 §4.1: "if any header fields in the server's handshake indicate that cookies should be set (as defined by
// [RFC6265]), these cookies are referred to as _Cookies Set During the Server's Opening Handshake_." RFC 9110 §5.3:
// "Since it cannot be combined into a single field value, recipients ought to handle "Set-Cookie" as a special case".
export default defineProbe({
  id: 'headers/set-cookie',
  title: 'Two Set-Cookie lines on the 101 reach the client as two lines, unchanged',
  failure: 'Set-Cookie lines on the 101 reach the client merged, changed or not at all',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-5.3', 'rfc6265#section-3'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const { response } = await dial({ scene: { fields: LINES.map((line): Field => ['Set-Cookie', line]) } });
    // A balancer may add a cookie of its own.
    const ours = response.all('set-cookie').filter((line) => line.includes('wsproof-'));
    expect(ours).about('set-cookie').toBe(LINES, 'Set-Cookie at the client');
  },
  why: 'Sessions and stickiness that are set up during the handshake are gone with the next request.',
});
