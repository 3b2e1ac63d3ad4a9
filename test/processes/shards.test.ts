import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { folder, proxy, wsproof } from '../cli/spawn.ts';

/** Five targets, some of which do things wrong. */
async function fiveProxies(test: TestContext): Promise<string[]> {
  const path = await folder(test);
  return Promise.all(
    Array.from({ length: 5 }, async (_, i) => {
      const file = join(path, `proxy-${i}.mjs`);
      await writeFile(file, `export { default } from ${JSON.stringify(proxy(i % 3 === 1 ? 'dropping' : 'good'))};\n`);
      return file;
    }),
  );
}

const PROBES = ['--probe', 'headers/c*,close/client-code', '--timeout', '10s', '--jobs', '5'];

const read = async (file: string): Promise<Report> => reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
const withoutRun = ({ run: _, ...rest }: Report): Omit<Report, 'run'> => rest;

describe('shards', () => {
  it('that are run apart and merged are the whole, in all but run', async (test) => {
    const targets = await fiveProxies(test);
    const path = await folder(test);
    const file = (name: string): string => join(path, `${name}.json`);
    const run = (name: string, ...more: string[]) =>
      wsproof(['matrix', ...targets, ...PROBES, ...more, '--reporter', `json=${file(name)}`]);
    const whole = await run('whole');
    const names = ['1', '2', '3'];
    const codes = [];
    for (const i of names) codes.push((await run(i, '--shard', `${i}/3`)).code);
    assert.deepEqual(codes, [0, 1, 1], 'each is judged by what it has');
    // In any order, as a directory may list them.
    const merged = await wsproof(['report', ...['3', '1', '2'].map(file), '--reporter', `json=${file('merged')}`]);
    assert.deepEqual([whole.code, merged.code], [1, 1]);
    const report = await read(file('merged'));
    assert.deepEqual(withoutRun(report), withoutRun(await read(file('whole'))));
    assert.deepEqual(
      report.run.parts?.map(({ shard }) => shard),
      names.map((i) => ({ index: Number(i), count: 3 })),
    );
    assert.equal(report.run.status, 'complete');

    const two = await wsproof(['report', ...['1', '3'].map(file)]);
    assert.match(two.stdout.replaceAll('\n', ' '), /Shards are missing: 2\/3\./);
  });

  it('do not call an entry of the baseline unmatched that is about another shard', async (test) => {
    const path = await folder(test);
    const [baseline, copy] = [join(path, 'baseline.yaml'), join(path, 'copy.mjs')];
    await writeFile(copy, `export { default } from ${JSON.stringify(proxy('good'))};`);
    await writeFile(baseline, 'findings:\n  - { target: "dropping:*", probe: handshake/upgrade, reason: old }\n');
    const args = ['matrix', copy, proxy('dropping'), '--probe', 'handshake/upgrade', '--baseline', baseline];
    const [first, second] = await Promise.all(['1/2', '2/2'].map((shard) => wsproof([...args, '--shard', shard])));
    assert.deepEqual([first!.code, second!.code], [0, 0]);
    assert.doesNotMatch(first!.stdout, /baseline/);
    assert.match(second!.stdout, /1 known finding, nothing new/);
  });

  it('are never empty', async () => {
    const { code, stderr } = await wsproof(['matrix', proxy('good'), '--shard', '1/2']);
    assert.equal(code, 2);
    assert.match(stderr, /2 shards are too many: there is nothing to cut in 1 target/);
  });
});

describe('--plan', () => {
  it('prints a job matrix in one line, whose shards have all targets', async () => {
    const { code, stdout } = await wsproof(['matrix', 'nginx@*', 'http-proxy', '--plan', '--json', '--shards', '3']);
    assert.equal(code, 0);
    assert.match(stdout, /^[^\n]*\n$/);
    const { include } = JSON.parse(stdout) as { include: { shard: string; proxies: string; targets: number }[] };
    assert.deepEqual(
      include.map(({ shard }) => shard),
      ['1/3', '2/3', '3/3'],
    );
    assert.equal(include.at(-1)!.proxies, 'nginx, http-proxy');
  });

  it('plans a job for each target where nobody says how many, and needs no engine for it', async () => {
    const { code, stdout } = await wsproof(['matrix', '--plan', '--json'], {
      env: { DOCKER_HOST: 'tcp://127.0.0.1:1' },
    });
    assert.equal(code, 0);
    const { include } = JSON.parse(stdout) as { include: { targets: number }[] };
    assert.ok(include.length > 10);
    assert.ok(include.every(({ targets }) => targets === 1));
  });

  it('says what would run, and why the rest would not', async () => {
    const { code, stdout } = await wsproof(['probe', 'http-proxy', '--plan', '--preset', 'full']);
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^1\/1 {2}http-proxy:websocket\/ws {2}\d+ probes, \d+ not:\n {7}[^1]*this variant has one origin/,
    );
    assert.match(stdout, /\d+ cells at 1 target\.\n$/);
  });

  it('alone takes the number of shards', async () => {
    const { code, stderr } = await wsproof(['probe', '--shards', '2']);
    assert.equal(code, 2);
    assert.match(stderr, /--shards is for --plan/);
  });
});
