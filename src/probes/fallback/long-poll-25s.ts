import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6202 §5.5: "Several experiments have shown success with timeouts as high as 120 seconds, but generally 30 seconds
// is a safer value. Therefore, vendors of network equipment wishing to be compatible with the HTTP long polling
// mechanism are advised to implement a timeout substantially greater than 30 seconds".
export default defineProbe({
  id: 'fallback/long-poll-25s',
  title: 'A poll that the origin holds for 25 s is answered',
  failure: 'A poll that the origin holds for 25 s is given up by the proxy',
  level: 'should',
  spec: ['rfc6202#section-5.5'],
  needs: ['fallback/long-poll'],
  tag: 'slow',
  timeout: 60_000,
  async run({ ask, patience, idle }) {
    // As long as Socket.IO and SockJS hold one before they send a heartbeat, unless less is asked for.
    const late = Math.min(25_000, 5 * idle);
    const { response } = await ask({ plain: true, within: late + patience, scene: { play: 'poll', late } });
    expect(response.status).about('status').toBe(200, 'the status at the client');
  },
  why: 'Quiet clients see an error every time nothing happens, and reconnect all at once.',
});
