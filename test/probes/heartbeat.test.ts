import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Conversation } from '../../src/probes/conversation.ts';
import { BEATS, keepUp } from '../../src/probes/heartbeat.ts';
import type { Context } from '../../src/probes/probe.ts';
import { now } from '../../src/wire/clock.ts';

/** Keeps this process from rest until it is told to stop, as hundreds of probes do. */
function toil(): () => void {
  let stopped = false;
  const work = (): void => {
    const until = now() + 2;
    while (now() < until);
    if (!stopped) setImmediate(work);
  };
  work();
  return () => {
    stopped = true;
  };
}

describe('a heartbeat', () => {
  it('keeps to the clock when this process has no rest: the timeouts of proxies do', async () => {
    const idle = 500;
    const { signal } = new AbortController();
    const context = { idle, patience: 5000, signal, measure: () => {} } as unknown as Context;
    const socket: Conversation = Object.create(Conversation.prototype, {
      link: { value: { ended: new Promise(() => {}) } },
    });
    const beats: number[] = [];
    const stop = toil();
    const began = now();
    try {
      await keepUp(context, socket, () => beats.push(now()));
    } finally {
      stop();
    }
    assert.equal(beats.length, BEATS);
    const took = now() - began;
    assert.ok(took >= idle - 1 && took < 3 * idle, `${BEATS} beats in ${idle} ms took ${Math.round(took)} ms`);
  });
});
