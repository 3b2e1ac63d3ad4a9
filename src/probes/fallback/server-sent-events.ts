import { expect } from '../expect.ts';
import { delayOf, lateAt } from '../pace.ts';
import { defineProbe } from '../probe.ts';

const EVENTS = 5;
/** ms from one to the next. */
const APART = 500;

// RFC 10036 §3, of an answer with “Incremental: ?1”, for which server-sent events are the first example (§1): "HTTP
// intermediaries SHOULD NOT buffer the entire message before forwarding it."
export default defineProbe({
  id: 'fallback/server-sent-events',
  title: 'Server-sent events arrive one by one, when they are sent',
  failure: 'Server-sent events are held back and come late, or all at once',
  level: 'should',
  spec: ['rfc10036#section-3', 'https://html.spec.whatwg.org/multipage/server-sent-events.html'],
  async run({ open, journal, measure, patience }) {
    const answer = await open({
      plain: true,
      fields: [['Accept', 'text/event-stream']],
      scene: { play: 'events', count: EVENTS, delay: APART },
    });
    const came = await answer.rest('the next event', EVENTS * APART + patience);
    const late = delayOf(came, await journal(answer));
    // Below the limit it is the machine's delay and not the proxy's: another one in each run.
    if (late > lateAt(patience)) measure('eventDelay', late, 'ms');
    expect(late).toBeAtMost(lateAt(patience), 'ms that an event comes later than it was sent');
  },
  why: 'The stream looks dead: nothing comes for minutes, then everything at once, and only behind this proxy.',
});
