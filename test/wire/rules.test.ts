import assert from 'node:assert/strict';
import { it } from 'node:test';
import { closePayload, type Frame } from '../../src/wire/frame.ts';
import { brokenRule, type Circumstances } from '../../src/wire/rules.ts';

const LEGAL: Frame = { fin: true, rsv: 0, opcode: 1, masked: true, payload: Buffer.from('hello') };
const close = (payload: Buffer): Partial<Frame> => ({ opcode: 8, payload });

const CASES: readonly (readonly [Partial<Frame>, Partial<Circumstances>, RegExp | undefined])[] = [
  [{}, {}, undefined],
  [{ masked: false }, { from: 'server' }, undefined],
  [{ masked: false }, {}, /unmasked frame from the client.*§5\.1/],
  [{}, { from: 'server' }, /masked frame from the server.*§5\.1/],
  [{ rsv: 4 }, {}, /RSV bits 4.*§5\.2/],
  [{ rsv: 4 }, { deflate: true }, undefined],
  [{ rsv: 5 }, { deflate: true }, /RSV bits 5/],
  [{ rsv: 4, opcode: 0 }, { deflate: true, within: true }, /RSV1 on a frame that begins no message.*7692 §6/],
  [{ rsv: 4, opcode: 9 }, { deflate: true }, /RSV1 on a frame that begins no message/],
  [{ overlong: true }, {}, /a length of 5 in more bytes than it needs.*§5\.2/],
  [{ opcode: 3 }, {}, /reserved opcode 3.*§5\.2/],
  [{ opcode: 11 }, {}, /reserved opcode 11/],
  [{ opcode: 9, fin: false }, {}, /fragmented control frame.*§5\.5/],
  [{ opcode: 9, payload: Buffer.alloc(125) }, {}, undefined],
  [{ opcode: 9, payload: Buffer.alloc(126) }, {}, /control frame of 126 bytes/],
  [{ opcode: 9 }, { within: true }, undefined],
  [{ opcode: 0 }, { within: false }, /continuation of nothing.*§5\.4/],
  [{ opcode: 0 }, { within: true }, undefined],
  [{ opcode: 2 }, { within: true }, /new message inside.*§5\.4/],
  [{ opcode: 0 }, {}, undefined],
  [close(Buffer.alloc(0)), {}, undefined],
  [close(Buffer.from([3])), {}, /half a code.*§5\.5\.1/],
  ...[1000, 1001, 1009, 1012, 3000, 4999].map((code) => [close(closePayload(code)), {}, undefined] as const),
  ...[0, 999, 1004, 1005, 1006, 1015, 5000].map(
    (code) => [close(closePayload(code)), {}, new RegExp(`close code ${code},.*§7\\.4`)] as const,
  ),
  [close(Buffer.from([3, 232, 0xc3])), {}, /reason that is not UTF-8/],
];

it('a frame is judged by the rules of RFC 6455', () => {
  for (const [frame, circumstances, rule] of CASES) {
    const broken = brokenRule({ ...LEGAL, ...frame }, { from: 'client', ...circumstances });
    const what = JSON.stringify([frame, circumstances]);
    if (rule) assert.match(broken ?? '', rule, what);
    else assert.equal(broken, undefined, what);
  }
});
