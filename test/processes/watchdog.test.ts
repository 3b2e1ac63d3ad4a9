import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeRunFolder, removeRunFolders } from '../../src/proxies/run-folder.ts';
import { BUSY, IDLE } from '../../src/proxies/watchdog.ts';

const PROGRAM = join(import.meta.dirname, '../../src/proxies/watchdog-process.js');

/** What becomes of the folders of a run and of another one when whoever had started the watchdog is gone. */
async function afterwards(lastWord: string): Promise<{ own: boolean; other: boolean }> {
  const [own, other] = await Promise.all([makeRunFolder('0123456789ab'), makeRunFolder('0123456789ab0')]);
  // Nobody listens at port 1: what an engine has is another test's (test/containers/cleanup.test.ts).
  const env = { ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:1' };
  const watchdog = spawn(process.execPath, [PROGRAM, '0123456789ab'], { env, stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = once(watchdog, 'close');
  watchdog.stdin.end(lastWord);
  await ended;
  const left = { own: existsSync(own), other: existsSync(other) };
  await Promise.all(['0123456789ab', '0123456789ab0'].map(removeRunFolders));
  return left;
}

describe('the watchdog', () => {
  it('removes the folders of a run that ended without doing so, and of no other', async () => {
    assert.deepEqual(await afterwards(BUSY), { own: false, other: true });
  });

  it('leaves all as it is behind a run that ended in order', async () => {
    assert.deepEqual(await afterwards(IDLE), { own: true, other: true });
  });
});
