import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closePayload, type Frame } from '../../src/wire/frame.ts';
import { closeIn, FrameRecord, firstOf, KEPT_FRAMES, KEPT_PAYLOAD } from '../../src/wire/record.ts';

const frame = (opcode: number, payload: Buffer | string = '', fin = true): Frame => ({
  fin,
  rsv: 0,
  opcode,
  masked: false,
  payload: Buffer.from(payload),
});

describe('the record of a conversation', () => {
  it('keeps the first and the last frames of each direction, in order', () => {
    const record = new FrameRecord();
    for (let i = 0; i < 1000; i++) {
      record.note(frame(1, `${i}`), 'sent');
      if (i % 10 === 0) record.note(frame(1, `${i}`), 'received');
    }
    const kept = (way: string): number[] =>
      record.frames.filter((seen) => seen.way === way).map(({ payload }) => Number(payload.toString()));
    const range = (from: number, step = 1): number[] => Array.from({ length: KEPT_FRAMES }, (_, i) => from + i * step);
    assert.deepEqual(kept('sent'), [...range(0), ...range(1000 - KEPT_FRAMES)]);
    assert.deepEqual(kept('received'), [...range(0, 10), ...range(1000 - KEPT_FRAMES * 10, 10)]);
    assert.deepEqual(
      record.frames.map(({ at }) => at),
      record.frames.map(({ at }) => at).sort((a, b) => a - b),
    );
  });

  it('numbers messages and control frames of each direction, each for themselves', () => {
    const record = new FrameRecord();
    const ordinals = [
      record.note(frame(1, 'a', false), 'sent'),
      record.note(frame(9), 'sent'),
      record.note(frame(0, 'b'), 'sent'),
      record.note(frame(2), 'received'),
      record.note(frame(2), 'sent'),
      record.note(frame(9), 'sent'),
    ].map(({ ordinal }) => ordinal);
    assert.deepEqual(ordinals, [0, 0, 0, 0, 1, 1]);
  });

  it('keeps the beginning of a long payload, its length and a digest', () => {
    const record = new FrameRecord();
    const [one, other] = [0, 1].map((last) => {
      const payload = Buffer.alloc(KEPT_PAYLOAD + 1);
      payload[KEPT_PAYLOAD] = last;
      return record.note(frame(2, payload), 'sent');
    });
    assert.equal(one!.payload.length, KEPT_PAYLOAD);
    assert.equal(one!.length, KEPT_PAYLOAD + 1);
    assert.notEqual(one!.digest, other!.digest);
    assert.equal(record.note(frame(2, 'short'), 'sent').digest, undefined);
  });

  it('knows the first of a kind, and the close frame that counts', () => {
    const record = new FrameRecord();
    record.note(frame(8, closePayload(1001, 'first')), 'received');
    record.note(frame(8, closePayload(1000)), 'received');
    assert.equal(firstOf(record.frames, 'received', 9), undefined);
    assert.equal(closeIn(record.frames, 'sent'), undefined);
    const { code, reason } = closeIn(record.frames, 'received')!;
    assert.deepEqual([code, reason], [1001, 'first']);
  });
});
