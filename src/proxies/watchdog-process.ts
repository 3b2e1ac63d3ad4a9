// Started by watchdog.ts with the id of a run. Removes what the run has left, when the process that started it is gone.
import { setTimeout as delay } from 'node:timers/promises';
import { openEngine } from './engine.ts';
import { RUN } from './labels.ts';
import { removeRunFolders } from './run-folder.ts';
import { sweep } from './sweep.ts';
import { BUSY } from './watchdog.ts';

/** ms of sweeping: a container whose creation was under way appears a little later. */
const SWEEPING = 10_000;
const PAUSE = 500;
/** ms that this process lasts at most when it is on its own, whatever the engine does. */
const LAST = 14_000;

const runId = process.argv[2];

async function sweepUp(run: string): Promise<void> {
  const signal = AbortSignal.timeout(SWEEPING);
  await removeRunFolders(run).catch(() => {});
  const client = await openEngine();
  while (!signal.aborted) {
    // What cannot be removed now is tried again; in the end there is nobody left to tell.
    await sweep(client, `${RUN}=${run}`, undefined, signal).catch(() => {});
    await delay(PAUSE, undefined, { signal }).catch(() => {});
  }
}

// Ctrl-C and a terminal that closes are for the process that is watched.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});

let busy = false;
process.stdin.on('data', (heard: Buffer) => {
  busy = heard.toString('latin1').endsWith(BUSY);
});
const ended = new Promise((resolve) => process.stdin.once('close', resolve));
process.stdin.on('error', () => {});
await ended;
setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST).unref();
if (busy && runId) await sweepUp(runId).catch(() => {});
