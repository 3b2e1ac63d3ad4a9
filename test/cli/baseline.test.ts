import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { type Ended, folder, proxy, wsproof } from './spawn.ts';

const UPGRADE = ['--probe', 'handshake/upgrade', '--timeout', '10s', '--retries', '0'];
const DROPPING = 'dropping:default/ws';

const entry = (fields: Record<string, string>): string =>
  Object.entries({ target: DROPPING, probe: 'handshake/upgrade', reason: 'the old machines', ...fields })
    .map(([name, value], i) => `${i === 0 ? '  - ' : '    '}${name}: ${JSON.stringify(value)}\n`)
    .join('');

async function baselineOf(test: TestContext, ...entries: Record<string, string>[]): Promise<string> {
  const file = join(await folder(test), 'baseline.yaml');
  await writeFile(file, `findings:\n${entries.map(entry).join('')}`);
  return file;
}

/** A run of a proxy that drops the upgrade beside one that does not. */
const run = (...more: string[]): Promise<Ended> =>
  wsproof(['matrix', proxy('good'), proxy('dropping'), ...UPGRADE, ...more]);

const reportIn = async (file: string): Promise<Report> => reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));

/** Of such a run. Most tests judge it: a report that is read again is judged as its run is. */
let report: string;
const judged = (file: string, ...more: string[]): Promise<Ended> =>
  wsproof(['report', report, '--baseline', file, ...more]);

describe('a baseline', { concurrency: 4 }, () => {
  before(async () => {
    report = join(await mkdtemp(join(tmpdir(), 'wsproof-test-')), 'report.json');
    assert.equal((await run('--reporter', `json=${report}`)).code, 1);
  });
  after(() => rm(join(report, '..'), { recursive: true }));

  it('makes a finding known, in the terminal, in JSON and in Markdown (exit code 0)', async (test) => {
    const file = await baselineOf(test, {});
    const [document, summary] = ['report.json', 'summary.md'].map((name) => join(file, '..', name));
    const reporters = ['--reporter', `json=${document}`, '--reporter', `markdown=${summary}`];
    const { code, stdout, stderr } = await run('--baseline', file, ...reporters);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /1 known finding, nothing new\./);
    assert.match(await readFile(summary!, 'utf8'), /Known: the old machines\./);
    const cell = (await reportIn(document!)).cells.find(({ target }) => target === DROPPING)!;
    assert.deepEqual([cell.verdict, cell.known, cell.because], ['fail', true, 'the old machines']);
  });

  it('leaves a finding that no entry is about a finding (exit code 1)', async (test) => {
    const { code, stdout } = await judged(await baselineOf(test, { probe: 'close/*' }));
    assert.equal(code, 1);
    assert.match(
      stdout,
      /The baseline entry for close\/\* at dropping:default\/ws matches no cell[\s\S]* 1 finding\.\n/,
    );
  });

  it('counts again what has expired (exit code 1)', async (test) => {
    const { code, stdout } = await judged(await baselineOf(test, { expires: '2020-02-29' }));
    assert.equal(code, 1);
    assert.match(stdout.replaceAll('\n', ' '), /expired on 2020-02-29: its findings count again\./);
  });

  it('tells what passes against expectation, and an entry that is stale (exit code 0)', async (test) => {
    const { code, stdout } = await judged(await baselineOf(test, {}, { target: 'good:*' }));
    assert.equal(code, 0, stdout);
    const told = stdout.replaceAll('\n', ' ');
    assert.match(told, /entry for handshake\/upgrade at good:\* is stale: what it accepts does not happen any more\./);
    assert.match(told, /1 known finding, nothing new; 1 known finding is gone\./);
  });

  it('judges a report that is read again as it judges a run', async (test) => {
    const { code, stdout } = await judged(await baselineOf(test, {}));
    assert.equal(code, 0);
    assert.match(stdout, /1 known finding, nothing new\./);
  });

  for (const [does, text, message] of [
    [
      'an entry without a reason',
      'findings:\n  - target: a\n    probe: b\n',
      /baseline\.yaml:2:5: findings\.0\.reason: /,
    ],
    ['what is no YAML', 'findings: [\n', /baseline\.yaml:2:1: /],
  ] as const) {
    it(`refuses ${does}, before anything runs`, async (test) => {
      const file = join(await folder(test), 'baseline.yaml');
      await writeFile(file, text);
      const { code, stderr, stdout } = await run('--baseline', file);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }

  it('refuses a file that is not there', async () => {
    const { code, stderr } = await run('--baseline', 'no/such.yaml');
    assert.equal(code, 2);
    assert.match(stderr, /no\/such\.yaml: there is no such file/);
  });

  it('is made by --update-baseline, and the next run has nothing new', async (test) => {
    const file = join(await folder(test), 'baseline.yaml');
    const first = await run('--baseline', file, '--update-baseline');
    assert.equal(first.code, 0, first.stdout + first.stderr);
    assert.match(
      first.stderr,
      /baseline\.yaml: brought up to date[^\n]*\n {2}\+ handshake\/upgrade {2}dropping:default\/ws\n/,
    );
    const written = await readFile(file, 'utf8');
    assert.match(written, /reason: "not explained yet: say why this is accepted"/);
    const second = await judged(file, '--update-baseline');
    assert.equal(second.code, 0);
    assert.match(second.stderr, /baseline\.yaml: nothing new\./);
    assert.equal(await readFile(file, 'utf8'), written);
  });

  it('keeps reasons and comments when it is brought up to date, and loses what is gone', async (test) => {
    const file = await baselineOf(test, {}, { target: 'good:default/ws' });
    await writeFile(file, `# ours\n${await readFile(file, 'utf8')}`);
    const { code, stderr } = await judged(file, '--update-baseline');
    assert.equal(code, 0);
    assert.match(stderr, /\n {2}- handshake\/upgrade {2}good:default\/ws\n/);
    const written = await readFile(file, 'utf8');
    assert.match(
      written,
      /^# ours\nfindings:\n {2}- target: "?dropping:default\/ws"?\n.*\n {4}reason: "?the old machines/,
    );
    assert.doesNotMatch(written, /good/);
  });

  it('is left as it is when the report is not complete', async (test) => {
    const path = await folder(test);
    const [file, partial] = [join(path, 'baseline.yaml'), join(path, 'report.json')];
    const whole = await reportIn(report);
    await writeFile(partial, JSON.stringify({ ...whole, run: { ...whole.run, status: 'partial' } }));
    const { stderr } = await wsproof(['report', partial, '--baseline', file, '--update-baseline']);
    assert.match(stderr, /left as it is: the report is not complete/);
    await assert.rejects(readFile(file), { code: 'ENOENT' });
  });

  it('needs a file to be brought up to date', async () => {
    const { code, stderr } = await wsproof(['probe', '--update-baseline']);
    assert.equal(code, 2);
    assert.match(stderr, /--update-baseline needs --baseline FILE/);
  });
});
