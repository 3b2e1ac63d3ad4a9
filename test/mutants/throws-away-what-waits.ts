import { encodeFrame, type FrameInit } from '../../src/wire/frame.ts';
import type { Link } from '../../src/wire/link.ts';
import { MASK } from './direction.ts';
import { defineMutant, perPair } from './mutant.ts';
import type { Meddling } from './relay.ts';

/** Has no room for the first message that finds its buffer full; only then it begins to wait. */
function overflowing(
  sinkOf: (pair: { client: Link; origin: Link }) => Link,
  mask?: Buffer,
): NonNullable<Meddling['upFrame']> {
  const buffer = perPair(() => ({ overflown: false }));
  return (frame: FrameInit, pass, pair) => {
    const sink = sinkOf(pair);
    if (buffer(pair).overflown) return pass(frame);
    if (sink.stream.writableNeedDrain) buffer(pair).overflown = true;
    // Not passed on but written: nobody has to wait for it.
    else sink.write(encodeFrame({ ...frame, mask }));
  };
}

/** Loses what comes when somebody does not read fast enough. */
export default defineMutant(
  'throws-away-what-waits',
  {
    'backpressure/client-reads-again': 'lost-under-pressure',
    'backpressure/origin-reads-again': 'lost-under-pressure',
  },
  () => ({
    upFrame: overflowing(({ origin }) => origin, MASK),
    downFrame: overflowing(({ client }) => client),
  }),
);
