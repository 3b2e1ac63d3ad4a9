import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// A browser cannot set fields on a WebSocket, so tokens travel in the query. RFC 9110 §7.7: "A proxy MUST NOT modify the
// "absolute-path" and "query" parts of the received target URI when forwarding it to the next inbound server".
export default defineProbe({
  id: 'headers/token-in-query',
  title: 'A token in the query reaches the origin unchanged',
  failure: 'A token in the query reaches the origin changed, or not at all',
  level: 'must',
  spec: ['rfc9110#section-7.7', 'rfc6750#section-2.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const token = 'access_token=eyJhbGciOiJub25lIn0.c2lnbmVk-_~%2B%2F%3D%3D';
    const seen = await journal(await dial({ query: token }));
    const parameters = seen.head.target.split(/[?&]/).filter((part) => part.startsWith('access_token='));
    expect(parameters).about('target').toBe([token], 'the token at the origin');
  },
  why: 'It is the usual way to log a browser in to a WebSocket of another host.',
});
