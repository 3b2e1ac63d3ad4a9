import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Neither of them is an address of the origin, which a gateway may have to translate. */
const LOCATIONS = ['https://login.elsewhere.example/start?next=%2Fchat%3Froom%3D1', '/login?next=%2Fchat#top'];

// RFC 6455 §4.1: "the server might redirect the client using a 3xx status code (but clients are not required to follow
// them)". It is for the client to follow or not (RFC 9110 §15.4), so the proxy has nothing to do with it.
export default defineProbe({
  id: 'rejection/redirect',
  title: 'A redirect comes to the client as the origin sent it',
  failure: 'A redirect is followed or rewritten on its way to the client',
  level: 'should',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-10.2.2', 'rfc9110#section-15.4'],
  needs: ['rejection/status'],
  async run({ ask }) {
    for (const location of LOCATIONS) {
      const { response } = await ask({ scene: { play: 'reject', status: 302, fields: [['Location', location]] } });
      expect(response.status).about('status').toBe(302, 'the status at the client');
      expect(response.get('location')).about('location').toBe(location, 'Location at the client');
    }
  },
  why: 'A user whose session is over is sent to the wrong place, or the client gets a login page in place of an answer.',
});
