import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** The last is no scheme of the registry: OAuth WRAP, which early WebSocket services were built on. */
const CREDENTIALS = [
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3c3Byb29mIn0.',
  'Basic d3Nwcm9vZjpvcGVuIHNlc2FtZQ==',
  'Digest username="wsproof", realm="a, b", uri="/", qop=auth, nc=00000001, response="6629fae49393a053"',
  'WRAP access_token="d3Nwcm9vZg=="',
];

// RFC 9110 §11.6.2: "A proxy forwarding a request MUST NOT modify any Authorization header fields in that request."
export default defineProbe({
  id: 'headers/authorization',
  title: 'Authorization reaches the origin unchanged, whatever its scheme',
  failure: 'Authorization reaches the origin changed, or not at all',
  level: 'must',
  spec: ['rfc9110#section-11.6.2', 'rfc6455#section-4.1'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    for (const credentials of CREDENTIALS) {
      const seen = await journal(await dial({ fields: [['Authorization', credentials]] }));
      expect(seen.head.all('authorization')).about('authorization').toBe([credentials], 'Authorization at the origin');
    }
  },
  why: 'Services and mobile applications that prove themselves by a token are refused, although the token is right.',
});
