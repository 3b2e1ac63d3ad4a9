import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Conversation } from '../../src/probes/conversation.ts';
import { BEATS, keepUp } from '../../src/probes/heartbeat.ts';
import type { Context } from '../../src/probes/probe.ts';
import { now, startDeadline } from '../../src/wire/clock.ts';
import { toil } from '../toil.ts';

describe('a heartbeat', () => {
  it('keeps to the clock when this process has no rest: the timeouts of proxies do', async () => {
    const idle = 300;
    const { signal } = new AbortController();
    const context = { idle, patience: 5000, signal, measure: () => {} } as unknown as Context;
    const socket: Conversation = Object.create(Conversation.prototype, {
      link: { value: { ended: new Promise(() => {}) } },
    });
    let beats = 0;
    let callOff = (): void => {};
    const work = toil();
    const began = now();
    try {
      // Without rest a deadline takes four times as long: this one comes at twice the time of the beats, and were they
      // waited for like that, at half of it. What comes first does not depend on how fast the machine is.
      const deadline = new Promise<string>((resolve) => {
        callOff = startDeadline(idle / 2, () => resolve('the deadline'));
      });
      const first = await Promise.race([keepUp(context, socket, () => void beats++).then(() => 'the beats'), deadline]);
      assert.equal(first, 'the beats');
    } finally {
      callOff();
      work.stop();
    }
    assert.equal(beats, BEATS);
    assert.ok(now() - began >= idle - 1);
  });
});
