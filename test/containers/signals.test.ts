import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { labelled, openEngine } from '../../src/proxies/engine.ts';
import { RUN } from '../../src/proxies/labels.ts';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { folder, start, wsproof } from '../cli/spawn.ts';
import { LONGEST, NGINX, until, whySkip } from './engine.ts';

interface Running {
  readonly child: ChildProcess;
  readonly report: string;
  /** The label of its containers, as its watchdog has it. */
  readonly runId: string;
}

async function reportIn(path: string): Promise<Report | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : reportSchema.parse(JSON.parse(text));
}

/** The command lines of the children of a process, and of those whose arguments name the word. */
async function commandLines(wanted: { parent?: number; word?: string }): Promise<string[][]> {
  const found: string[][] = [];
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const [line, stat] = await Promise.all(
      ['cmdline', 'stat'].map((file) => readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '')),
    );
    const words = line!.split('\0').filter((word) => word !== '');
    const parent = Number(stat!.slice(stat!.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === wanted.parent || (wanted.word !== undefined && words.includes(wanted.word))) found.push(words);
  }
  return found;
}

describe('a run with a container that is ended in the middle', {
  timeout: LONGEST,
  skip: await whySkip([`${NGINX}:1.30`]),
}, () => {
  /** Starts a run that would last a minute, and waits until it has probed something. */
  async function running(dir: string): Promise<Running> {
    const report = join(dir, 'report.json');
    const args = ['probe', 'nginx', '--idle', '60s', '--image', `nginx=${NGINX}`, '--reporter', `json=${report}`];
    const child = start(args, { stdio: 'ignore' });
    await until('a probe is done', async () => ((await reportIn(report))?.summary.pass ?? 0) > 0, 60_000);
    const watchdog = (await commandLines({ parent: child.pid! })).find((words) =>
      words.some((word) => /watchdog/.test(word)),
    );
    assert.ok(watchdog, 'the watchdog runs');
    const runId = watchdog.find((word) => /^[0-9a-f]{12}$/.test(word));
    assert.ok(runId, `a run id in ${watchdog.join(' ')}`);
    return { child, report, runId };
  }

  async function nothingIsLeft(runId: string): Promise<void> {
    const left = async (): Promise<number> => (await labelled(await openEngine(), `${RUN}=${runId}`)).length;
    await until('no container is left', async () => (await left()) === 0, 15_000);
    await until('no process is left', async () => (await commandLines({ word: runId })).length === 0, 15_000);
  }

  for (const { signals, code } of [
    { signals: ['SIGINT'], code: 130 },
    { signals: ['SIGINT', 'SIGINT'], code: 130 },
    { signals: ['SIGTERM'], code: 143 },
    { signals: ['SIGKILL'], code: null },
  ] as const) {
    it(`leaves nothing but a partial report after ${signals.join(' and ')}`, async (test) => {
      const { child, report, runId } = await running(await folder(test));
      for (const signal of signals) child.kill(signal);
      const [exit] = (await once(child, 'exit')) as [number | null];
      assert.equal(exit, code);
      await nothingIsLeft(runId);
      assert.equal((await reportIn(report))?.run.status, 'partial');
      const read = await wsproof(['report', report]);
      assert.match(read.stdout, /nginx@1\.30:websocket\/ws/, read.stderr);
    });
  }
});
