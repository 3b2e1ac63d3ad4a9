/** Milliseconds on the monotonic clock: a suspended or corrected wall clock must not move a measured timeout. */
export const now = (): number => performance.now();
