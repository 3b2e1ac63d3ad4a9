import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../src/config/config-file.ts';
import { folder, wsproof } from './spawn.ts';

describe('init', { concurrency: 3 }, () => {
  it('writes a configuration that can be run, once', async (test) => {
    const cwd = await folder(test);
    const { code, stdout } = await wsproof(['init'], { cwd });
    assert.equal(code, 0);
    assert.match(stdout, /^wsproof\.config\.yaml\n/);
    const { value } = await readConfig(join(cwd, 'wsproof.config.yaml'));
    assert.deepEqual(value.targets, ['http-proxy']);
    assert.match((await wsproof(['matrix', '--plan'], { cwd })).stdout, /^1\/1 {2}http-proxy:websocket\/ws/);
    const again = await wsproof(['init'], { cwd });
    assert.equal(again.code, 2);
    assert.match(again.stderr, /wsproof\.config\.yaml is there already\. Write over it with --force\./);
    assert.equal((await wsproof(['init', '--force'], { cwd })).code, 0);
  });

  for (const [system, file] of [
    ['github', '.github/workflows/websockets.yml'],
    ['gitlab', 'ci/wsproof.gitlab-ci.yml'],
  ] as const) {
    it(`writes a workflow for ${system} beside it, or alone`, async (test) => {
      const cwd = await folder(test);
      await writeFile(join(cwd, 'wsproof.config.json'), '{}');
      const { code, stdout, stderr } = await wsproof(['init', '--ci', system], { cwd });
      assert.equal(code, 0, stderr);
      assert.equal(stdout.split('\n')[0], file);
      assert.match(await readFile(join(cwd, file), 'utf8'), /npx wsproof matrix/);
      assert.ok(!(await readdir(cwd)).includes('wsproof.config.yaml'));
    });
  }

  it('writes no second configuration', async (test) => {
    const cwd = await folder(test);
    await writeFile(join(cwd, 'wsproof.config.mjs'), 'export default {};');
    const { code, stderr } = await wsproof(['init'], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /There is a configuration already: wsproof\.config\.mjs/);
  });
});

describe('doctor', { concurrency: 2 }, () => {
  it('says that no engine answers, and what works without one (exit code 3)', async (test) => {
    const cwd = await folder(test);
    const { code, stdout, stderr } = await wsproof(['doctor'], { cwd, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } });
    assert.equal(code, 3, stderr);
    assert.match(stdout, /^✓ wsproof \d/);
    assert.match(stdout, /\n✗ Container engine, for \d+ proxies: No Docker engine answers at 127\.0\.0\.1:1/);
    assert.match(stdout, /\n– No wsproof\.config\.yaml in this folder: wsproof init writes one\n/);
    assert.match(stdout, /\n✓ A WebSocket through the embedded proxy\n$/);
  });

  it('says what is wrong with the configuration, and where', async (test) => {
    const cwd = await folder(test);
    await writeFile(join(cwd, 'wsproof.config.yaml'), 'preset: full\njobs: 0\n');
    const { code, stdout } = await wsproof(['doctor'], { cwd });
    assert.equal(code, 3);
    assert.match(stdout, /\n✗ wsproof\.config\.yaml:2:1: jobs: expected a number of at least 1, got 0\n/);
  });
});
