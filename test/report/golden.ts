import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the sources, not beside what is compiled. */
const FOLDER = join(import.meta.dirname, '../../../test/golden');

/** The text is the committed one. `UPDATE_GOLDEN=1` commits to a new one, which is to be read as a diff. */
export function assertGolden(name: string, text: string): void {
  const path = join(FOLDER, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
    return;
  }
  assert.equal(text, readFileSync(path, 'utf8'), `${name} is another one; UPDATE_GOLDEN=1 rewrites it`);
}
