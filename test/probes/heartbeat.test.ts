import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Conversation } from '../../src/probes/conversation.ts';
import { BEATS, keepUp } from '../../src/probes/heartbeat.ts';
import type { Context } from '../../src/probes/probe.ts';
import { now } from '../../src/wire/clock.ts';
import { toil } from '../toil.ts';

describe('a heartbeat', () => {
  it('keeps to the clock when this process has no rest: the timeouts of proxies do', async () => {
    const idle = 500;
    const { signal } = new AbortController();
    const context = { idle, patience: 5000, signal, measure: () => {} } as unknown as Context;
    const socket: Conversation = Object.create(Conversation.prototype, {
      link: { value: { ended: new Promise(() => {}) } },
    });
    const beats: number[] = [];
    const work = toil();
    const began = now();
    try {
      await keepUp(context, socket, () => beats.push(now()));
    } finally {
      work.stop();
    }
    assert.equal(beats.length, BEATS);
    const took = now() - began;
    assert.ok(took >= idle - 1 && took < 3 * idle, `${BEATS} beats in ${idle} ms took ${Math.round(took)} ms`);
  });
});
