/** Milliseconds on the monotonic clock: a suspended or corrected wall clock must not move a measured timeout. */
export const now = (): number => performance.now();

/** A deadline is waited for in so many parts. */
const PARTS = 10;
/** A part in which this process had less rest than this has told nothing about the other side. */
const REST = 0.1;
/** Parts with rest, one after the other, without which a deadline does not come. */
const CALM = 4;
/** Parts after which it comes in any case. */
const MOST = 4 * PARTS;

/**
 * Calls back when so much time has passed, the last of it with rest for this process. After a standstill (a busy machine, a
 * large message) timers are found due before what came in the meantime is read; waited for in parts, a standstill costs
 * one part and no more. And while there is no rest, what was asked for may lie there unread, or have been sent a moment
 * ago. All of it takes at most four times as long.
 * @param within ms
 * @returns a function that calls it off
 */
export function startDeadline(within: number, expire: () => void): () => void {
  let parts = 0;
  let calm = 0;
  let before = performance.eventLoopUtilization();
  const wait = (): NodeJS.Timeout =>
    setTimeout(() => {
      const { utilization } = performance.eventLoopUtilization(before);
      before = performance.eventLoopUtilization();
      calm = 1 - utilization >= REST ? calm + 1 : 0;
      parts++;
      if ((parts < PARTS || calm < CALM) && parts < MOST) timer = wait();
      else expire();
    }, within / PARTS);
  let timer = wait();
  return () => clearTimeout(timer);
}

/**
 * Calls back at a time of the monotonic clock, whatever this process did meanwhile, when all that had come by then has
 * been read. For a silence that is to last so long, and in which nothing is due: {@link startDeadline} is for what is.
 * @param at ms, as {@link now} has it
 * @returns a function that calls it off
 */
export function startSilence(at: number, over: () => void): () => void {
  let turn: NodeJS.Immediate | undefined;
  const timer = setTimeout(
    () => {
      // Timers come before what is there to be read.
      turn = setImmediate(() => {
        turn = setImmediate(over);
      });
    },
    Math.max(0, at - now()),
  );
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}
