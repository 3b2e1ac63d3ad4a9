import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.1: "The method of the request MUST be GET, and the HTTP version MUST be at least 1.1."
// RFC 9110 §7.8: "A server that receives an Upgrade header field in an HTTP/1.0 request MUST ignore that Upgrade field."
export default defineProbe({
  id: 'handshake/http-version',
  title: 'The handshake reaches the origin as HTTP/1.1',
  failure: 'The handshake reaches the origin in a version of HTTP that knows no upgrade',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc9110#section-7.8'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const seen = await journal(await dial());
    expect(seen.head.version).about('version').toBeOneOf(['HTTP/1.1', 'HTTP/2'], 'the HTTP version at the origin');
  },
  why: 'Many servers ignore Upgrade in an HTTP/1.0 request and answer 400 or 426; it works with one and fails with the next.',
});
