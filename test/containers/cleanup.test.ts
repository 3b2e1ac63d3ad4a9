import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { createInterface } from 'node:readline';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sweepExpired } from '../../src/proxies/containers.ts';
import { labelled, labelledNetworks, labelledVolumes, openEngine, removeContainer } from '../../src/proxies/engine.ts';
import { EXPIRES, HOST, RUN } from '../../src/proxies/labels.ts';
import { sweep } from '../../src/proxies/sweep.ts';
import { LONGEST, NGINX, until, whySkip } from './engine.ts';

const IMAGE = `${NGINX}:1.30`;
const VICTIM = fileURLToPath(new URL('./victim.js', import.meta.url));

describe('what a run leaves behind', { timeout: LONGEST, skip: await whySkip([IMAGE]) }, () => {
  const decoys: string[] = [];
  let runs = 0;
  const newRun = (): string => `cleanup-test-${process.pid}-${runs++}`;
  const left = async (runId: string): Promise<number> => (await labelled(await openEngine(), `${RUN}=${runId}`)).length;

  /** A container that is not to be touched, or only by who may. */
  async function decoy(labels: Record<string, string>, name?: string): Promise<string> {
    const { container } = await openEngine();
    const created = await container.create({ Image: IMAGE, Labels: labels, ...(name ? { name } : {}) });
    decoys.push(created.id);
    return created.id;
  }
  async function isThere(id: string): Promise<boolean> {
    const { container } = await openEngine();
    return container
      .getById(id)
      .inspect()
      .then(
        () => true,
        () => false,
      );
  }
  afterEach(async () => {
    const { container } = await openEngine();
    await Promise.all(decoys.splice(0).map((id) => removeContainer(container.getById(id))));
  });

  /** Starts a process that brings nginx up, and waits until it says this. */
  async function victim(runId: string, says: string, then = 'wait'): Promise<ChildProcess> {
    const child = spawn(process.execPath, [VICTIM, runId, then], { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout! })) if (line.startsWith(says)) return child;
    throw new Error(`the process ended and did not say "${says}"`);
  }

  async function kill(child: ChildProcess): Promise<void> {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  /** The processes whose command line has this word in it; undefined where the system has no /proc. */
  async function processesWith(word: string): Promise<number | undefined> {
    const ids = await readdir('/proc').catch(() => undefined);
    const lines = ids
      ?.filter((id) => /^\d+$/.test(id))
      .map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => ''));
    return lines && (await Promise.all(lines)).filter((line) => line.split('\0').includes(word)).length;
  }

  it('is removed within 15 s when the process is killed, and nothing else is', async () => {
    const runId = newRun();
    const other = await decoy({ [RUN]: `${runId}-other`, [HOST]: hostname() }, `wsproof-${runId}`);
    const child = await victim(runId, 'up');
    assert.equal(await left(runId), 1);
    await kill(child);
    await until('the container is removed', async () => (await left(runId)) === 0, 15_000);
    assert.equal(await isThere(other), true, 'a container of another run');
  });

  it('is removed as well when the process is killed while a container is being created', async () => {
    const runId = newRun();
    await kill(await victim(runId, 'starting'));
    await until('the watchdog is done', async () => !(await processesWith(runId)), 20_000);
    assert.equal(await left(runId), 0);
  });

  it('is nothing after a stop in order, and then the watchdog does not stay either', async () => {
    const runId = newRun();
    const child = await victim(runId, 'up', 'stop');
    if (child.exitCode === null) await once(child, 'exit');
    assert.equal(child.exitCode, 0);
    assert.equal(await left(runId), 0);
    await until('the watchdog is gone', async () => !(await processesWith(runId)), 3000);
  });

  it('is swept by the next run when its time is over, on this machine only', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    const future = new Date(Date.now() + 60_000).toISOString();
    const expired = await decoy({ [RUN]: newRun(), [HOST]: hostname(), [EXPIRES]: past });
    const spared = [
      await decoy({ [RUN]: newRun(), [HOST]: hostname(), [EXPIRES]: future }),
      await decoy({ [RUN]: newRun(), [HOST]: 'another-machine', [EXPIRES]: past }),
      await decoy({ [RUN]: newRun(), [HOST]: hostname() }),
      await decoy({ [HOST]: hostname(), [EXPIRES]: past }),
    ];
    assert.equal(await sweepExpired(await openEngine()), 1);
    assert.equal(await isThere(expired), false);
    for (const id of spared) assert.equal(await isThere(id), true);
  });

  it('has networks and volumes, which go as well, and those of others stay', async () => {
    const client = await openEngine();
    const { dockerode } = client.container as unknown as {
      dockerode: { createVolume(options: { Name: string; Labels: Record<string, string> }): Promise<unknown> };
    };
    const [mine, other] = [newRun(), newRun()];
    for (const run of [mine, other]) {
      await client.network.create({ Name: run, Labels: { [RUN]: run } });
      await dockerode.createVolume({ Name: run, Labels: { [RUN]: run } });
    }
    const there = async (run: string): Promise<number[]> => [
      (await labelledNetworks(client, `${RUN}=${run}`)).length,
      (await labelledVolumes(client, `${RUN}=${run}`)).length,
    ];
    await decoy({ [RUN]: mine });
    assert.equal(await sweep(client, `${RUN}=${mine}`), 1);
    assert.deepEqual(
      [await there(mine), await there(other)],
      [
        [0, 0],
        [1, 1],
      ],
    );
    assert.equal(await sweep(client, `${RUN}=${other}`, () => false), 0);
    await sweep(client, `${RUN}=${other}`);
    assert.deepEqual(await there(other), [0, 0]);
  });
});
