import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { killedAt } from '../cli/killing.ts';
import { folder, wsproof } from '../cli/spawn.ts';

describe('a run that is killed', { concurrency: 2 }, () => {
  it('leaves a report that can be read', (test) => killedAt(2, test));

  it('says in words that it is partial', async (test) => {
    const path = await folder(test);
    const lines = join(path, 'results.ndjson');
    await wsproof(['probe', '--probe', 'handshake/upgrade,headers/*', '--timeout', '10s', '--stream', lines]);
    const text = await readFile(lines, 'utf8');
    await writeFile(lines, text.slice(0, 0.9 * text.length));
    const { code, stdout } = await wsproof(['report', lines]);
    assert.ok(code === 4 || code === 1, `${code}`);
    assert.match(stdout.replaceAll('\n', ' '), /The run was stopped before its end\./);
  });

  it('is told when its results cannot be kept', {
    skip: process.platform !== 'linux' && 'there is no /dev/full',
  }, async () => {
    const { code, stderr } = await wsproof(['probe', '--probe', 'handshake/upgrade', '--stream', '/dev/full']);
    assert.equal(code, 4);
    assert.match(stderr, /The results could not be written to \/dev\/full: .*no space left/);
  });
});
