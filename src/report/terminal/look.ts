import type { Cell } from '../document.ts';

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

export const SIGNS = {
  pass: { symbol: '✓', word: 'pass', style: 'green' },
  fixed: { symbol: '+', word: 'fixed', style: 'green' },
  info: { symbol: 'i', word: 'info', style: 'blue' },
  warn: { symbol: '!', word: 'warn', style: 'yellow' },
  known: { symbol: 'k', word: 'known', style: 'yellow' },
  fail: { symbol: '✗', word: 'FAIL', style: 'red' },
  error: { symbol: '?', word: 'ERROR', style: 'red' },
  blocked: { symbol: '·', word: 'blocked', style: 'dim' },
  skip: { symbol: '–', word: 'skip', style: 'dim' },
  unsupported: { symbol: '○', word: 'unsupported', style: 'dim' },
} as const satisfies Record<Cell['verdict'] | 'fixed' | 'known', Sign>;

export type SignName = keyof typeof SIGNS;

/** The sign of a cell: its verdict, unless it is known, or known and gone. */
export function signOf({ verdict, known, change }: Cell): SignName {
  if (known && (verdict === 'fail' || verdict === 'warn')) return 'known';
  return change === 'fixed' ? 'fixed' : verdict;
}
