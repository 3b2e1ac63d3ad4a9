import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { makeCell, makeReport } from '../report/documents.ts';
import { folder, proxy, spawned, wsproof } from './spawn.ts';

const UPGRADE = ['--probe', 'handshake/upgrade', '--timeout', '1s'];

interface Case {
  readonly does: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** In a process of its own. */
  readonly whole?: true;
  readonly code: number;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

const cases: readonly Case[] = [
  { does: 'shows its help when nothing is asked', args: [], code: 0, stdout: /Usage: wsproof/ },
  { does: 'tells its version', args: ['--version'], whole: true, code: 0, stdout: /^\d+\.\d+\.\d+\n$/ },
  {
    does: 'probes the embedded proxy when no target is named',
    args: ['probe', ...UPGRADE],
    code: 0,
    stdout:
      /^http-proxy:websocket\/ws {2}version 1[\s\S]*✓ pass {2}handshake\/upgrade {2}A WebSocket[\s\S]*No findings\.\n$/,
    stderr: /^http-proxy:websocket\/ws {2}1 pass {2}\(\d/,
  },
  {
    does: 'says what is wrong, why, and how to see it again',
    args: ['probe', proxy('dropping'), ...UPGRADE],
    code: 1,
    stdout:
      /✗ FAIL {2}handshake\/upgrade {2}A WebSocket handshake does not get through[\s\S]*- Upgrade: websocket[\s\S]*cause[\s\S]*upgrade-headers-dropped[\s\S]*again {5}wsproof probe [\s\S]*1 finding\.\n$/,
  },
  {
    does: 'does not call it green when a proxy does not start',
    args: ['probe', proxy('broken'), ...UPGRADE],
    code: 3,
    stdout: /no such certificate[\s\S]*1 target could not be probed/,
  },
  {
    does: 'draws a grid of several targets',
    args: ['matrix', proxy('good'), proxy('dropping'), ...UPGRADE],
    code: 1,
    stdout: /handshake\/upgrade +✓ +✗\n/,
  },
  {
    does: 'plans for machines where proxies are installed',
    args: ['matrix', '--runtime', 'local', '--plan', '--no-config'],
    code: 0,
    stdout: /nginx:websocket\/ws/,
  },
  {
    does: 'names the nearest command',
    args: ['prob'],
    code: 2,
    stderr: /unknown command 'prob'\s+\(Did you mean probe\?\)/,
  },
  { does: 'names the nearest flag', args: ['probe', '--prob', 'x'], code: 2, stderr: /Did you mean --probe/ },
  {
    does: 'names the nearest proxy',
    args: ['probe', 'http-proxi'],
    code: 2,
    stderr: /There is no proxy "http-proxi"\. Did you mean "http-proxy"\?/,
  },
  { does: 'refuses a selection of nothing', args: ['probe', '--skip', '*'], code: 2, stderr: /No probe is selected/ },
  {
    does: 'refuses a time without a unit',
    args: ['probe', '--idle', '70'],
    code: 2,
    stderr: /'--idle <time>' argument '70' is invalid\. A time is a number and a unit: 500ms, 70s, 2m, 1h\./,
  },
  {
    does: 'refuses an unknown reporter',
    args: ['probe', '--reporter', 'jsn=x'],
    code: 2,
    stderr: /no reporter "jsn"\. Did you mean "json"\?/,
  },
  {
    does: 'refuses a directory as a report',
    args: ['probe', '--reporter', 'json=.'],
    code: 2,
    stderr: /cannot be written to \.: it is a directory/,
  },
  {
    does: 'refuses a report in a folder that is not there',
    args: ['probe', '--reporter', 'json=no/such/r.json'],
    code: 2,
    stderr: /no\/such\/r\.json: ENOENT/,
  },
  {
    does: 'refuses an authority that is not there',
    args: ['probe', '--ca', 'no-such.pem'],
    code: 2,
    stderr: /--ca: no-such\.pem cannot be read/,
  },
  {
    does: 'refuses a wrong value of the environment by its name',
    args: ['probe'],
    env: { WSPROOF_JOBS: 'many' },
    code: 2,
    stderr: /WSPROOF_JOBS/,
  },
  {
    does: 'takes a 0 in the environment for no',
    args: ['probe', ...UPGRADE, '--plan'],
    env: { WSPROOF_JSON: '0' },
    code: 0,
    stdout: /\n1 cell at 1 target\.\n$/,
  },
  {
    does: 'paints when it is told to',
    args: ['probe', ...UPGRADE],
    env: { FORCE_COLOR: '1' },
    code: 0,
    stdout: /\x1b\[32m✓ pass/,
  },
  {
    does: 'lists the probes',
    args: ['list', 'probes'],
    code: 0,
    stdout: /^handshake\/upgrade +must +quick +A WebSocket/m,
  },
  { does: 'explains a symptom', args: ['explain', 'upgrade-headers-dropped'], code: 0, stdout: /Hop-by-hop/ },
  {
    does: 'names the nearest thing to explain',
    args: ['explain', 'upgrade-header-dropped'],
    code: 2,
    stderr: /Did you mean "upgrade-headers-dropped"\?/,
  },
  {
    does: 'prints a recipe with the upstream of the user, and what is known of it',
    args: ['recipe', 'nginx', '--upstream', 'app:3000'],
    code: 0,
    stdout:
      /^# WebSockets through nginx [\s\S]*^# File: \/etc\/nginx\/nginx\.conf$[\s\S]*proxy_pass http:\/\/app:3000;/m,
  },
  {
    does: 'refuses an upstream without a port',
    args: ['recipe', 'nginx', '--upstream', 'app'],
    code: 2,
    stderr: /It is a host and a port, such as app:3000\./,
  },
  {
    does: 'says that a file is no report',
    args: ['report', 'package.json'],
    code: 2,
    stderr: /package\.json: it is no report of wsproof/,
  },
];

describe('wsproof', { concurrency: 4 }, () => {
  for (const { does, args, env, whole, code, stdout, stderr } of cases) {
    it(`${does} (exit code ${code})`, async () => {
      const ended = await (whole ? spawned : wsproof)(args, { env });
      const all = `${ended.stdout}\n--- stderr\n${ended.stderr}`;
      assert.equal(ended.code, code, all);
      if (stdout) assert.match(ended.stdout, stdout);
      if (stderr) assert.match(ended.stderr, stderr);
      if (code === 2) assert.equal(ended.stdout, '');
    });
  }

  it('prints the document with --json and nothing else on stdout', async () => {
    const { code, stdout } = await wsproof(['probe', '--json', ...UPGRADE]);
    assert.equal(code, 0);
    const report = reportSchema.parse(JSON.parse(stdout));
    assert.equal(report.run.command, 'wsproof probe --json --probe handshake/upgrade --timeout 1s');
  });

  it('writes a report, replaces it, and reads it back with the exit code of its run', async (test) => {
    const file = join(await folder(test), 'report.json');
    await writeFile(file, JSON.stringify(makeReport({ cells: [] }), null, 2));
    const first = await wsproof(['probe', proxy('dropping'), ...UPGRADE, '--reporter', `json=${file}`]);
    assert.equal(first.code, 1);
    const report = JSON.parse(await readFile(file, 'utf8')) as Report;
    assert.equal(report.run.status, 'complete');
    const again = await wsproof(['report', file]);
    assert.equal(again.code, 1);
    assert.equal(again.stdout, first.stdout);
  });

  it('writes over no file that is something else, unless it is told to', async (test) => {
    const file = join(await folder(test), 'package.json');
    await writeFile(file, '{ "name": "mine" }');
    const outputs = [
      ['--reporter', `json=${file}`],
      ['--reporter', `html=${file}`],
      ['--stream', file],
    ];
    for (const output of outputs) {
      const { code, stderr } = await wsproof(['probe', ...UPGRADE, ...output]);
      assert.equal(code, 2);
      assert.match(stderr, /package\.json is there already, and is no .* of wsproof\. .*--force\./);
      assert.equal(await readFile(file, 'utf8'), '{ "name": "mine" }');
    }
    assert.equal((await wsproof(['probe', ...UPGRADE, ...outputs[0]!, '--force'])).code, 0);
    reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  });

  it('merges reports, and says what has changed between them', async (test) => {
    const path = await folder(test);
    const [before, after, other] = await Promise.all(
      [makeCell(), makeCell({ verdict: 'fail' }), makeCell({ target: 'other:websocket/ws' })].map(async (cell, i) => {
        const file = join(path, `${i}.json`);
        await writeFile(file, JSON.stringify(makeReport({ cells: [cell] })));
        return file;
      }),
    );
    const [merged, twice, worse, better] = await Promise.all([
      wsproof(['report', before!, other!]),
      wsproof(['report', before!, after!]),
      wsproof(['report', after!, '--diff', before!]),
      wsproof(['report', before!, '--diff', after!]),
    ]);
    assert.equal(merged.code, 0, merged.stderr);
    assert.match(merged.stdout, /2 cells at 2 targets: 2 pass/);
    assert.equal(twice.code, 2);
    assert.match(twice.stderr, /give each report once/);
    assert.equal(worse.code, 1);
    assert.match(worse.stdout, /handshake\/upgrade/);
    assert.equal(better.code, 0);

    const [json, page] = ['diff.json', 'diff.md'].map((name) => join(path, name));
    const written = await wsproof([
      ...['report', '--diff', before!, after!, '--json'],
      ...['--reporter', `json=${json}`, '--reporter', `markdown=${page}`],
    ]);
    assert.equal(written.code, 1);
    assert.equal(JSON.parse(written.stdout).regression, true);
    assert.equal(await readFile(json!, 'utf8'), written.stdout);
    assert.match(await readFile(page!, 'utf8'), /^❌ \*\*1 regression, 1 cell compared\.\*\*/);
    const unknown = await wsproof(['report', '--diff', before!, after!, '--reporter', 'junit=x.xml']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /no reporter "junit".* There are: json, markdown\./);
  });

  it('calls the warning of a report a finding with --strict', async (test) => {
    const file = join(await folder(test), 'report.json');
    await writeFile(file, JSON.stringify(makeReport({ cells: [makeCell({ verdict: 'warn' })] })));
    const [usual, strict] = await Promise.all([wsproof(['report', file]), wsproof(['report', file, '--strict'])]);
    assert.deepEqual([usual.code, strict.code], [0, 1]);
  });
});
