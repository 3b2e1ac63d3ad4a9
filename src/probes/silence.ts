import { now, startSilence } from '../wire/clock.ts';
import { expect } from './expect.ts';
import type { Context } from './probe.ts';

/** Seconds that are told apart. */
const STEP = 0.5;

/**
 * Asks for a WebSocket of an origin that does not answer, for so many ms. A proxy that gives up meanwhile is to say so; when
 * it did is reported as `gaveUpAfter`.
 * @throws Unexpected when it says something else, or nothing
 */
export async function waitForNothing({ ask, measure }: Pick<Context, 'ask' | 'measure'>, ms: number): Promise<void> {
  const began = now();
  const noteTime = (): void => measure('gaveUpAfter', (now() - began) / 1000, 's', STEP);
  const asked = ask({ scene: { play: 'hang' }, answerWithin: 2 * ms }).catch((error: unknown) => {
    noteTime();
    throw error;
  });
  // Nothing is due, so a busy process has no reason to wait any longer; what comes behind the end is nobody's business.
  const over = new Promise<undefined>((resolve) => startSilence(began + ms, () => resolve(undefined)));
  const answer = await Promise.race([asked, over]);
  asked.catch(() => {});
  if (!answer) return;
  noteTime();
  expect(answer.response.status).about('status').toBeOneOf([502, 503, 504], 'the status at the client');
}
