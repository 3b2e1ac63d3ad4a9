import { type Cell, isBroken, type Verdict } from './document.ts';

/** What a cell is shown as: its verdict, or what has become of an expected finding. */
export type SignName = Verdict | 'fixed' | 'known';

/** One character for a grid. Each has a shape of its own: colour is never all there is. */
export const SYMBOLS: Readonly<Record<SignName, string>> = {
  pass: '✓',
  fixed: '+',
  info: 'i',
  warn: '!',
  known: 'k',
  fail: '✗',
  error: '?',
  blocked: '·',
  skip: '–',
  unsupported: '○',
};

/** What each means, for legends. */
export const MEANINGS: Readonly<Record<SignName, string>> = {
  pass: 'the requirement holds',
  fixed: 'it holds, and was expected not to',
  info: 'a measurement, no judgement',
  warn: 'a should does not hold',
  known: 'it does not hold, as is expected of this target',
  fail: 'a must does not hold',
  error: 'inconclusive, not the proxy’s doing',
  blocked: 'a probe that this one needs did not pass',
  skip: 'not run',
  unsupported: 'the target declares that it does not do this',
};

/** The sign of a cell: its verdict, unless it is known, or known and gone. */
export function signOf({ verdict, known, change }: Cell): SignName {
  if (known && isBroken({ verdict })) return 'known';
  return change === 'fixed' ? 'fixed' : verdict;
}
