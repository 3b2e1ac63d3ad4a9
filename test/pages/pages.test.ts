import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { SECTIONS } from '../../src/probes/sections.ts';
import { pages } from './pages.ts';

describe('the pages that are made of the code', () => {
  for (const [name, text] of pages()) {
    it(`docs/${name} is what the code says (else: npm run docs)`, async () => {
      assert.equal(await readFile(`docs/${name}`, 'utf8'), text);
    });
  }

  it('every section that a probe rests on is known by its title, and no other is', () => {
    const used = new Set(probes.flatMap(({ spec }) => spec).filter((ref) => ref.startsWith('rfc')));
    assert.deepEqual(Object.keys(SECTIONS).sort(), [...used].sort());
  });
});
