import { Opcode } from '../../src/wire/frame.ts';
import { blamesNobody, finds } from './finding.ts';
import type { Case } from './hand-made.ts';
import { dialogue, type Step, text } from './hand-made-dialogue.ts';

/** Messages of the client in two frames that are written at once, and come with so many ms between them. */
function inTwo(gap: number): Case {
  const part = (fin: boolean, opcode: number, at: number): Step => {
    const step = text('client', 'hi', { at });
    return { ...step, frame: { ...step.frame, fin, opcode } };
  };
  const told = dialogue(
    [100, 200, 300].flatMap((at) => [part(false, Opcode.text, at), part(true, Opcode.continuation, at)]),
  );
  const frames = told.noted!.frames!.map((frame, i) => (i % 2 ? { ...frame, at: frame.at + gap } : frame));
  return { ...told, noted: { ...told.noted, frames }, kind: 'value' };
}

finds('delays', [
  [
    'small-writes-delayed',
    { ...inTwo(40), about: 'latency' },
    'Two frames that were written one after the other came about 40 ms apart',
  ],
  ['messages-delayed', { ...inTwo(1), about: 'latency' }],
]);

blamesNobody([['what is slow was not the matter', inTwo(40)]]);
