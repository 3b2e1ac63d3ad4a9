import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6202 §2.1: "The server defers its response until an update is available". Every gateway should wait for seconds;
// whether it does as long as libraries hold a poll is for fallback/long-poll-25s.
export default defineProbe({
  id: 'fallback/long-poll',
  title: 'A poll that the origin holds for seconds is answered',
  failure: 'A poll that the origin holds for seconds is given up by the proxy',
  level: 'should',
  spec: ['rfc6202#section-2.1', 'rfc9110#section-15.6.5'],
  waits: true,
  async run({ ask, patience, idle }) {
    const late = Math.min(4000, idle);
    const { response } = await ask({ plain: true, within: late + patience, scene: { play: 'poll', late } });
    expect(response.status).about('status').toBe(200, 'the status at the client');
  },
  why: 'Where WebSockets are blocked, libraries poll: each cut poll is an error in the log and a gap in the updates.',
});
