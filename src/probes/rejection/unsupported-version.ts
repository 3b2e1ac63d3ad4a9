import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §4.2.2: "If this version does not match a version understood by the server, the server MUST abort the
// WebSocket handshake […] and instead send an appropriate HTTP error code (such as 426 Upgrade Required) and a
// |Sec-WebSocket-Version| header field indicating the version(s) the server is capable of understanding."
export default defineProbe({
  id: 'rejection/unsupported-version',
  title: 'The client of another version learns from the origin which versions there are',
  failure: 'The client of another version does not learn from the origin which versions there are',
  level: 'should',
  spec: ['rfc6455#section-4.2.2', 'rfc6455#section-4.4', 'rfc9110#section-15.5.22'],
  needs: ['handshake/upgrade'],
  async run({ ask }) {
    const { response } = await ask({
      rewrite: (fields) =>
        fields.map(([name, value]) => [name, name.toLowerCase() === 'sec-websocket-version' ? '8' : value]),
    });
    expect(response.status).about('status').toBe(426, 'the status at the client');
    const versions = response.get('sec-websocket-version');
    expect(versions).about('sec-websocket-version').toList('13', 'Sec-WebSocket-Version at the client');
  },
  why: 'Old clients and new versions of the protocol can only find common ground if this answer gets through.',
});
