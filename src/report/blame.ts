import type { Cell } from './document.ts';

/** Whose doing a finding in a chain is, and how that is known. */
export interface Blame {
  /** `nginx:naive`, `caddy and nginx`, `caddy together with nginx`; or that it could not be told. */
  readonly who: string;
  /** `caddy alone does well; nginx:naive alone does it (upgrade-headers-dropped)` */
  readonly told: string;
}

const WORDS = { pass: 'does well', fail: 'does it', error: 'could not be tried' };

/** What the shorter chains say of a finding; undefined where it was none of a chain. */
export function blameIn({ hops, guilty = [] }: Cell): Blame | undefined {
  if (!hops) return undefined;
  const told = hops.map(({ chain, verdict, symptom }) => {
    const alone = chain.includes('+') ? '' : ' alone';
    return `${chain}${alone} ${WORDS[verdict]}${symptom === undefined ? '' : ` (${symptom})`}`;
  });
  const alone = guilty.every((name) => hops.some(({ chain, verdict }) => chain === name && verdict === 'fail'));
  const who = guilty.length === 0 ? 'the shorter chains do not tell' : guilty.join(alone ? ' and ' : ' together with ');
  return { who, told: told.join('; ') };
}

/** The same as one line: `nginx:naive (caddy alone does well; nginx:naive alone does it)`. */
export function blameLine(cell: Cell): string | undefined {
  const blame = blameIn(cell);
  return blame && `${blame.who} (${blame.told})`;
}
