import type { Head } from '../wire/head.ts';

/** A field of an answer that tells what it has come through. */
export interface Sign {
  readonly field: string;
  /** A regular expression, whatever the case. */
  readonly matches: string;
}

/** The first of these signs that an answer bears, and what of its value matches. */
export function signIn(
  signs: readonly Sign[],
  answer: Head,
): { readonly field: string; readonly match: RegExpExecArray } | undefined {
  for (const { field, matches } of signs) {
    for (const value of answer.all(field)) {
      const match = new RegExp(matches, 'i').exec(value);
      if (match) return { field, match };
    }
  }
  return undefined;
}
