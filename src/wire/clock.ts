/** Milliseconds on the monotonic clock: a suspended or corrected wall clock must not move a measured timeout. */
export const now = (): number => performance.now();

/** See {@link startDeadline}. */
const PARTS = 10;

/**
 * Calls back when so much time has passed in which this process was awake. After a standstill (a busy machine, a large
 * message) timers are found due before what came in the meantime is read; waited for in parts, a standstill costs one
 * part and no more.
 * @param within ms
 * @returns a function that calls it off
 */
export function startDeadline(within: number, expire: () => void): () => void {
  let left = PARTS;
  const wait = (): NodeJS.Timeout =>
    setTimeout(() => {
      if (--left > 0) timer = wait();
      else expire();
    }, within / PARTS);
  let timer = wait();
  return () => clearTimeout(timer);
}
