import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { schemaFiles } from '../../src/config/schemas.ts';

describe('the JSON Schemas that are checked in', () => {
  for (const [name, text] of schemaFiles()) {
    it(`${name} is what the code says (else: npm run schema)`, async () => {
      assert.equal(await readFile(`schema/${name}`, 'utf8'), text);
    });
  }
});
