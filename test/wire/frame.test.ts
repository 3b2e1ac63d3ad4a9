import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import {
  closePayload,
  encodeFrame,
  type FrameInit,
  FrameReader,
  Opcode,
  parseClosePayload,
} from '../../src/wire/frame.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const MASK = hex('37 fa 21 3d');
const hello = Buffer.from('Hello');

/** RFC 6455 §5.7, and its frames as bytes. */
const EXAMPLES: readonly (readonly [string, FrameInit, Buffer])[] = [
  ['an unmasked text', { opcode: 1, payload: hello }, hex('81 05 48 65 6c 6c 6f')],
  ['a masked text', { opcode: 1, payload: hello, mask: MASK }, hex('81 85 37 fa 21 3d 7f 9f 4d 51 58')],
  ['a first fragment', { opcode: 1, fin: false, payload: Buffer.from('Hel') }, hex('01 03 48 65 6c')],
  ['a last fragment', { opcode: 0, payload: Buffer.from('lo') }, hex('80 02 6c 6f')],
  ['a ping', { opcode: 9, payload: hello }, hex('89 05 48 65 6c 6c 6f')],
  ['a masked pong', { opcode: 10, payload: hello, mask: MASK }, hex('8a 85 37 fa 21 3d 7f 9f 4d 51 58')],
  ['256 bytes', { opcode: 2, payload: Buffer.alloc(256, 7) }, Buffer.concat([hex('82 7e 0100'), Buffer.alloc(256, 7)])],
  [
    '64 KiB',
    { opcode: 2, payload: Buffer.alloc(65_536, 7) },
    Buffer.concat([hex('82 7f 0000000000010000'), Buffer.alloc(65_536, 7)]),
  ],
];

describe('frames', () => {
  for (const [name, init, bytes] of EXAMPLES) {
    it(`are written and read as in RFC 6455 §5.7: ${name}`, () => {
      assert.deepEqual(encodeFrame(init), bytes);
      const { fin = true, rsv = 0, opcode, payload, mask } = init;
      assert.deepEqual(new FrameReader().push(bytes), [{ fin, rsv, opcode, masked: mask !== undefined, payload }]);
    });
  }

  it('are read from whatever pieces they come in', () => {
    for (const size of [1, 2, 3, 7, 1000, 65_537, 1_000_000]) {
      const sizes = [0, 1, 125, 126, 127, 300, ...(size < 1000 ? [] : [65_535, 65_536])];
      const payloads = sizes.map((length) => randomBytes(length));
      const bytes = Buffer.concat(payloads.map((payload) => encodeFrame({ opcode: 2, payload, mask: randomBytes(4) })));
      const reader = new FrameReader();
      const read: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        for (const { payload } of reader.push(bytes.subarray(at, at + size))) read.push(payload);
      }
      assert.ok(Buffer.concat(read).equals(Buffer.concat(payloads)), `pieces of ${size} bytes`);
      assert.equal(reader.pending, 0);
    }
  });

  it('are masked alike wherever they lie in memory', () => {
    const mask = randomBytes(4);
    for (let length = 0; length < 200; length++) {
      const payload = randomBytes(length);
      const bytes = encodeFrame({ opcode: 2, payload, mask });
      const masked = bytes.subarray(-length || bytes.length);
      assert.deepEqual(
        [...masked],
        [...payload].map((byte, i) => byte ^ mask[i & 3]!),
      );
      for (let shift = 0; shift < 4; shift++) {
        const [frame] = new FrameReader().push(Buffer.concat([Buffer.alloc(shift), bytes]).subarray(shift));
        assert.ok(frame!.payload.equals(payload), `${length} bytes, shifted by ${shift}`);
      }
    }
  });

  it('are written whether or not they are legal', () => {
    const odd = { fin: false, rsv: 5, opcode: 0xb, payload: Buffer.alloc(200, 1) };
    assert.deepEqual(new FrameReader().push(encodeFrame(odd)), [{ ...odd, masked: false }]);
  });

  it('whose length takes more bytes than it needs are read, and told apart', () => {
    for (const length of ['7e 0005', '7f 0000000000000005', 'fe 0005 00000000']) {
      const [frame] = new FrameReader().push(Buffer.concat([hex(`81 ${length}`), hello]));
      assert.equal(`${frame!.payload}`, 'Hello');
      assert.equal(frame!.overlong, true, length);
    }
    for (const length of [125, 126, 65_535, 65_536]) {
      const [frame] = new FrameReader().push(encodeFrame({ opcode: 2, payload: Buffer.alloc(length) }));
      assert.equal(frame!.overlong, undefined, `${length} bytes`);
    }
    const [frame] = new FrameReader().push(Buffer.concat([hex('82 7f 000000000000ffff'), Buffer.alloc(65_535)]));
    assert.equal(frame!.overlong, true);
  });

  it('beyond the limit are not waited for, and what came before them is not lost', () => {
    for (const announced of ['7f 0000000010000000', '7f 7fffffffffffffff', 'ff ffffffffffffffff 00000000']) {
      const reader = new FrameReader();
      const frames = reader.push(Buffer.concat([encodeFrame({ opcode: 1, payload: hello }), hex(`82 ${announced}`)]));
      assert.deepEqual(
        frames.map(({ payload }) => `${payload}`),
        ['Hello'],
      );
      assert.match(reader.broken ?? '', /^a frame that announces \d+ bytes$/);
      assert.deepEqual(reader.push(Buffer.alloc(1_000_000)), []);
      assert.equal(reader.pending, 0);
    }
  });

  it('do not keep the memory of the bytes that they were read from', () => {
    const bytes = encodeFrame({ opcode: 2, payload: hello });
    const [frame] = new FrameReader().push(bytes);
    bytes.fill(0);
    assert.equal(`${frame!.payload}`, 'Hello');
  });
});

describe('a close payload', () => {
  it('carries a code and a reason', () => {
    assert.deepEqual(parseClosePayload(closePayload(4321, 'tschüß')), { code: 4321, reason: 'tschüß' });
    assert.deepEqual(parseClosePayload(closePayload(1000)), { code: 1000, reason: '' });
  });

  it('may be empty, or cut off', () => {
    assert.deepEqual(closePayload(), Buffer.alloc(0));
    assert.deepEqual(parseClosePayload(Buffer.alloc(0)), { reason: '' });
    assert.deepEqual(parseClosePayload(Buffer.from([3])), { reason: '' });
  });

  it('belongs to the opcode 8', () => assert.equal(Opcode.close, 8));
});
