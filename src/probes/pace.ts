import type { Exchange } from '../origin/journal.ts';
import type { Piece } from '../wire/body.ts';

/** ms that are told apart. */
const STEP = 100;

/** When this many bytes were there; never, when there were not as many. */
function timeOf(bytes: number, pieces: readonly Piece[]): number {
  let missing = bytes;
  for (const { data, at } of pieces) {
    missing -= data.length;
    if (missing <= 0) return at;
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * How late the pieces of an answer came, in ms, rounded so that two runs say the same. The two ends have clocks of their
 * own, so the piece that was fastest is what the others are measured by; and it is the delay of the one in the middle,
 * so that a stall of this machine is not taken for the proxy's.
 */
export function delayOf(came: readonly Piece[], { pieces = [] }: Exchange): number {
  let written = 0;
  const ways = pieces.map(({ length, at }) => {
    written += length;
    return timeOf(written, came) - at;
  });
  const inOrder = ways.sort((a, b) => a - b);
  const usual = (inOrder[Math.floor(ways.length / 2)] ?? Number.POSITIVE_INFINITY) - (inOrder[0] ?? 0);
  return Math.round(usual / STEP) * STEP;
}

/** ms by which a piece may be late: 300 with the usual patience of 5 s, more where the user knows that things are slow. */
export const lateAt = (patience: number): number => 0.06 * patience;
