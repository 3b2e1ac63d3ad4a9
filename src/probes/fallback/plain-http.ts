import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const MESSAGE = 'A message that goes up by POST while a WebSocket is open.';

// RFC 6455 §1.3: "The opening handshake is intended to be compatible with HTTP-based server-side software and
// intermediaries, so that a single port can be used by both HTTP clients talking to that server and WebSocket clients
// talking to that server."
export default defineProbe({
  id: 'fallback/plain-http',
  title: 'Plain requests and their bodies pass beside an open WebSocket, on the same port',
  failure: 'Plain requests do not pass beside an open WebSocket as they should',
  level: 'should',
  spec: ['rfc6455#section-1.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, ask, journal }) {
    await dial();
    const answer = await ask({ plain: true, method: 'POST', body: Buffer.from(MESSAGE), scene: { play: 'poll' } });
    expect(answer.response.status).about('status').toBe(200, 'the status of a POST at the client');
    const { body } = await journal(answer);
    expect(body.preview.toString()).toBe(MESSAGE, 'the body of the POST at the origin');
  },
  why: 'Libraries log in, send and fall back by plain requests to the same address: without them there is no way out.',
});
