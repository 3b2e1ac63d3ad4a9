import { expect } from '../expect.ts';
import { delayOf, lateAt } from '../pace.ts';
import { defineProbe } from '../probe.ts';

const PIECES = 5;
/** ms from one to the next. */
const APART = 400;

// RFC 6202 §3.2: "There is no requirement for an intermediary to immediately forward a partial response, and it is legal
// for the intermediary to buffer the entire response […]. HTTP streaming will not work with such intermediaries."
// RFC 10036 §3 asks them not to, where the answer says “Incremental: ?1” as this one does.
export default defineProbe({
  id: 'fallback/streamed-response',
  title: 'The pieces of a streamed answer arrive when they are written',
  failure: 'The pieces of a streamed answer are held back',
  level: 'should',
  spec: ['rfc6202#section-3.2', 'rfc10036#section-3'],
  async run({ open, journal, measure, patience }) {
    const answer = await open({ plain: true, scene: { play: 'stream', count: PIECES, delay: APART } });
    const came = await answer.rest('the next piece', PIECES * APART + patience);
    const late = delayOf(came, await journal(answer));
    // Below the limit it is the machine's delay and not the proxy's: another one in each run.
    if (late > lateAt(patience)) measure('pieceDelay', late, 'ms');
    expect(late).toBeAtMost(lateAt(patience), 'ms that a piece comes later than it was written');
  },
  why: 'Streaming by XMLHttpRequest or fetch, the fallback of SockJS and the way of many chat and log views, stands still.',
});
