import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** The golden files lie in the sources; what runs is compiled. */
const GOLDEN = new URL('../../../test/golden/', import.meta.url);

export const readGolden = (name: string): string => readFileSync(new URL(name, GOLDEN), 'utf8');

/** Compares with the checked-in file; UPDATE_GOLDEN=1 writes it anew, to be looked at as a diff. */
export function assertGolden(name: string, actual: string): void {
  if (process.env.UPDATE_GOLDEN) writeFileSync(new URL(name, GOLDEN), actual);
  assert.equal(actual, readGolden(name), `${name} is another one; UPDATE_GOLDEN=1 npm test writes it anew`);
}
