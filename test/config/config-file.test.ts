import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findConfig, readConfig } from '../../src/config/config-file.ts';
import { UsageError } from '../../src/errors.ts';

async function written(test: TestContext, name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wsproof-test-'));
  test.after(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

const WHOLE = `targets:
  - nginx@*
  - proxy: haproxy
    versions: ["3.2"]
    variants: [websocket, balanced]
    transports: [ws, wss]
preset: full
skip: ["lifetime/*"]
idle: 70s
jobs: 4
image: { nginx: registry.test/nginx }
expectations:
  - { target: "haproxy*", probe: "close/*", reason: known, expires: 2027-01-31 }
baseline: baseline.yaml
reporter: { html: report.html, badge-endpoint: badge.json }
`;

describe('a configuration file', () => {
  for (const [name, text] of [
    ['wsproof.config.yaml', WHOLE],
    ['wsproof.config.mjs', `export default ${JSON.stringify({ preset: 'full', idle: '70s', skip: ['lifetime/*'] })};`],
    ['wsproof.config.json', JSON.stringify({ preset: 'full', idle: '70s', skip: ['lifetime/*'] })],
  ] as const) {
    it(`is read from ${name}, with times in ms`, async (test) => {
      const { value } = await readConfig(await written(test, name, text));
      assert.deepEqual([value.preset, value.idle, value.skip], ['full', 70_000, ['lifetime/*']]);
    });
  }

  const faults: readonly (readonly [line: string, message: RegExp])[] = [
    ['job: 4', /^.*:1:1: job: expected one of .*, got "job"\. Did you mean "jobs"\?$/],
    ['jobs: 0', /:1:1: jobs: expected a number of at least 1, got 0$/],
    ['idle: 70', /:1:1: idle: expected a text, got 70$/],
    ['idle: "70"', /:1:1: idle: expected a number and a unit: 500ms, 70s, 2m, 1h, got "70"$/],
    ['idle: 600h', /:1:1: idle: expected from 1ms to 596h, got "600h"$/],
    ['targets: []', /:1:1: targets: expected a list of at least 1/],
    [
      'targets:\n  - nginx\n  - proxy: haproxy\n    version: "3.2"',
      /:4:5: targets\.1\.version: .*Did you mean "versions"\?$/,
    ],
    ['targets:\n  - proxy: haproxy\n    versions: [3.0]', /:3:16: targets\.0\.versions\.0: expected a text, got 3$/],
    ['origin: far', /:1:1: origin: expected "none", "local:PORT" or "remote", got "far"$/],
    ['preset: fast', /:1:1: preset: expected one of "quick", "full", "slow", "legacy", got "fast"$/],
    ['reporter: { htm: x }', /:1:13: reporter\.htm: .*Did you mean "html"\?$/],
    ['expectations:\n  - { target: a, probe: b }', /:2:5: expectations\.0\.reason: /],
  ];
  for (const [text, message] of faults) {
    it(`says where it is wrong: ${JSON.stringify(text)}`, async (test) => {
      const file = await written(test, 'wsproof.config.yaml', text);
      await assert.rejects(
        readConfig(file),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  it('says where it is wrong in JSON, too', async (test) => {
    const file = await written(test, 'wsproof.config.json', '{\n  "preset": "full",\n  "jobs": "4"\n}\n');
    await assert.rejects(readConfig(file), { message: `${file}:3:3: jobs: expected a number, got "4"` });
  });

  for (const [what, text, message] of [
    ['has no default export', 'export const jobs = 4;', /\.mjs: it has no default export/],
    ['cannot be run', 'export default nothing;', /\.mjs: it cannot be loaded: nothing is not defined/],
    ['exports what is wrong', 'export default { jobs: 0 };', /\.mjs: jobs: expected a number of at least 1, got 0/],
  ] as const) {
    it(`is refused as a module that ${what}`, async (test) => {
      const file = await written(test, 'wsproof.config.mjs', text);
      await assert.rejects(
        readConfig(file),
        (error: Error) => error instanceof UsageError && message.test(error.message),
      );
    });
  }

  it('is as the documentation has it', async (test) => {
    const [, text] = /```yaml\n([\s\S]*?)```/.exec(await readFile('docs/configuration.md', 'utf8'))!;
    const { value } = await readConfig(await written(test, 'wsproof.config.yaml', text!));
    assert.equal(value.targets?.length, 5);
  });

  it('is not taken for one of a proxy', async () => {
    await assert.rejects(readConfig('nginx.conf'), /^UsageError: nginx\.conf: .* is given with --config-file\.$/);
  });

  it('is found by its name, and is the only one', async (test) => {
    const file = await written(test, 'wsproof.config.json', '{}');
    const folder = join(file, '..');
    assert.equal(await findConfig(folder), file);
    await writeFile(join(folder, 'wsproof.config.mjs'), '');
    await assert.rejects(findConfig(folder), { message: /both wsproof\.config\.json and wsproof\.config\.mjs/ });
    await rm(file);
    await rm(join(folder, 'wsproof.config.mjs'));
    assert.equal(await findConfig(folder), undefined);
  });
});
