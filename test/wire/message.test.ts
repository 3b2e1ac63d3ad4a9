import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { DeflateContext, deflateMessage, inflateMessage } from '../../src/wire/deflate.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { MESSAGE_LIMIT, MessageReader } from '../../src/wire/message.ts';

const frame = (opcode: number, payload: Buffer | string, fin = true, rsv = 0): Frame => ({
  fin,
  rsv,
  opcode,
  masked: false,
  payload: Buffer.from(payload),
});

function reader(deflate = false): { reader: MessageReader; broken: string[] } {
  const broken: string[] = [];
  return { reader: new MessageReader(deflate, (rule) => broken.push(rule)), broken };
}

describe('messages', () => {
  it('are joined from their frames', () => {
    const { reader: messages, broken } = reader();
    assert.equal(messages.push(frame(1, 'a', false), 1), undefined);
    assert.ok(messages.within);
    assert.equal(messages.push(frame(0, '', false), 2), undefined);
    const { type, data, frames, at } = messages.push(frame(0, 'b'), 3)!;
    assert.deepEqual([type, `${data}`, frames, at, messages.within, broken], ['text', 'ab', 3, 3, false, []]);
  });

  it('of text are valid UTF-8 as a whole, not frame by frame', () => {
    const { reader: messages, broken } = reader();
    const [first, second] = [Buffer.from('ü').subarray(0, 1), Buffer.from('ü').subarray(1)];
    messages.push(frame(1, first, false), 1);
    assert.equal(`${messages.push(frame(0, second), 2)!.data}`, 'ü');
    assert.deepEqual(broken, []);
    messages.push(frame(1, first), 3);
    assert.match(broken.join(), /not UTF-8/);
  });

  it('are inflated where that was agreed upon, and only there', () => {
    const payload = deflateMessage(Buffer.from('again and again and again'));
    assert.equal(`${reader(true).reader.push(frame(1, payload, true, 4), 1)!.data}`, 'again and again and again');
    assert.equal(reader(false).reader.push(frame(2, payload, true, 4), 1)!.compressed, false);
    const garbled = reader(true);
    garbled.reader.push(frame(2, 'no deflate', true, 4), 1);
    assert.match(garbled.broken.join(), /does not inflate/);
  });

  it('refer to those before them where that was agreed upon (RFC 7692 §7.2.3.2)', () => {
    const said = new DeflateContext();
    const [first, second] = [randomBytes(500), randomBytes(40_000)];
    const payloads = [first, second, first].map((data) => deflateMessage(data, said));
    assert.ok(payloads[2]!.length > 500, 'what lies further back than 32 KiB cannot be referred to');
    payloads.push(deflateMessage(first, said));
    assert.ok(payloads[3]!.length < 50, 'it refers to the message before');
    const messages = new MessageReader(true, assert.fail, new DeflateContext());
    const read = payloads.map((payload) => messages.push(frame(2, payload, true, 4), 1)!.data);
    assert.deepEqual(read, [first, second, first, first]);
    assert.throws(() => inflateMessage(payloads[3]!, 1000), 'alone it says nothing');
  });

  it('are not inflated beyond the limit', () => {
    const payload = deflateMessage(Buffer.alloc(100_000));
    assert.ok(payload.length < 1000);
    assert.equal(inflateMessage(payload, 100_000).length, 100_000);
    assert.throws(() => inflateMessage(payload, 99_999), RangeError);
  });

  it('without end are dropped, and what comes next is heard', () => {
    const { reader: messages, broken } = reader();
    messages.push(frame(2, '', false), 1);
    for (let i = 0; i < MESSAGE_LIMIT.frames; i++) messages.push(frame(0, '', false), 1);
    assert.match(broken.join(), /more than/);
    assert.equal(`${messages.push(frame(1, 'next'), 2)?.data}`, 'next');
  });
});
