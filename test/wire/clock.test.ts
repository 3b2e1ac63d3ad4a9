import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { now, startDeadline, startSilence } from '../../src/wire/clock.ts';
import { toil } from '../toil.ts';

describe('a deadline', () => {
  it('comes when its time is over, and not before', async () => {
    const began = now();
    await new Promise<void>((resolve) => startDeadline(50, resolve));
    assert.ok(now() - began >= 49);
  });

  it('does not come when it is called off', async () => {
    const callOff = startDeadline(20, () => assert.fail('it came'));
    callOff();
    await new Promise<void>((resolve) => startDeadline(40, resolve));
  });

  it('does not take a standstill of the process for time in which something could have happened', async () => {
    let turns = 0;
    const due = new Promise<void>((resolve) => startDeadline(100, resolve));
    const began = now();
    while (now() - began < 150);
    const count = (): void => {
      turns++;
      setImmediate(count).unref();
    };
    count();
    await due;
    assert.ok(turns > 5, 'the loop went round before the deadline came');
  });

  it('waits longer while this process has no rest, but not for ever', async () => {
    const began = now();
    const work = toil();
    await new Promise<void>((resolve) => startDeadline(50, resolve));
    work.stop();
    assert.ok(now() - began >= 199);
  });
});

describe('a silence', () => {
  it('is over at its time, though this process had no rest', async () => {
    const began = now();
    const work = toil();
    const first = await new Promise<string>((resolve) => {
      startDeadline(50, () => resolve('the deadline'));
      startSilence(began + 50, () => resolve('the silence'));
    });
    work.stop();
    assert.ok(now() - began >= 49);
    assert.equal(first, 'the silence');
  });

  it('is not over before what came during a standstill has been read', async () => {
    const { port1, port2 } = new MessageChannel();
    let came = false;
    port1.on('message', () => {
      came = true;
    });
    port2.postMessage('in time');
    const over = new Promise<boolean>((resolve) => startSilence(now() + 10, () => resolve(came)));
    const began = now();
    while (now() - began < 50);
    assert.equal(await over, true);
    port1.close();
  });

  it('does not end when it is called off', async () => {
    const callOff = startSilence(now() + 10, () => assert.fail('it ended'));
    callOff();
    await new Promise<void>((resolve) => startSilence(now() + 30, resolve));
  });
});
