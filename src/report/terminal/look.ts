import { type SignName, SYMBOLS } from '../signs.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'cyan';

/** How a rendering is to look. */
export interface Look {
  /** Columns. */
  readonly width: number;
  /** Puts a style around a text, or leaves it as it is where there is no colour. */
  readonly paint: (style: Style, text: string) => string;
  /** All of the evidence: whole heads, each frame, the log (`--trace`). */
  readonly trace: boolean;
  /** Warnings are findings (`--strict`). */
  readonly strict: boolean;
}

/** How an outcome is written: never by its colour alone. */
export interface Sign {
  /** One column, for a grid. */
  readonly symbol: string;
  /** For a list; capitals where somebody has to act. */
  readonly word: string;
  readonly style: Style;
}

/** How each sign looks in a terminal. */
export const SIGNS = {
  pass: { symbol: SYMBOLS.pass, word: 'pass', style: 'green' },
  fixed: { symbol: SYMBOLS.fixed, word: 'fixed', style: 'green' },
  info: { symbol: SYMBOLS.info, word: 'info', style: 'blue' },
  warn: { symbol: SYMBOLS.warn, word: 'warn', style: 'yellow' },
  known: { symbol: SYMBOLS.known, word: 'known', style: 'yellow' },
  fail: { symbol: SYMBOLS.fail, word: 'FAIL', style: 'red' },
  error: { symbol: SYMBOLS.error, word: 'ERROR', style: 'red' },
  blocked: { symbol: SYMBOLS.blocked, word: 'blocked', style: 'dim' },
  skip: { symbol: SYMBOLS.skip, word: 'skip', style: 'dim' },
  unsupported: { symbol: SYMBOLS.unsupported, word: 'unsupported', style: 'dim' },
} as const satisfies Record<SignName, Sign>;
