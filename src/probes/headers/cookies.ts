import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The request MAY include any other header fields, for example, cookies [RFC6265] and/or
// authentication-related header fields". RFC 9113 §8.2.3 lets HTTP/2 cut Cookie into several field lines.
export default defineProbe({
  id: 'headers/cookies',
  title: 'The cookies of a handshake reach the origin',
  failure: 'The cookies of a handshake reach the origin changed, or not at all',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6265#section-4.2', 'rfc9113#section-8.2.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const cookies = 'session=31d4d96e407aad42; theme=dark';
    const seen = await journal(await dial({ fields: [['Cookie', cookies]] }));
    expect(seen.head.all('cookie').join('; ')).about('cookie').toBe(cookies, 'Cookie at the origin');
  },
  why: 'A browser can prove who it is to a WebSocket by little else: without the session cookie nobody is logged in.',
});
