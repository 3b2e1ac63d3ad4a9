import { isControl } from '../wire/frame.ts';
import type { SeenFrame } from '../wire/record.ts';
import type { Symptom } from './symptom.ts';

const RSV1 = 4;

/** Whether compressed messages left one end (RFC 7692 §6) and only uncompressed ones came to the other. */
function cleared(left: readonly SeenFrame[], came: readonly SeenFrame[]): boolean {
  const sent = left.filter(({ way }) => way === 'sent');
  const received = came.filter(({ way, opcode }) => way === 'received' && !isControl(opcode));
  const flagged = (frames: readonly SeenFrame[]): boolean => frames.some(({ rsv }) => (rsv & RSV1) !== 0);
  return flagged(sent) && received.length > 0 && !flagged(received);
}

/** What goes wrong once the two ends have agreed to compress. */
export const compression: readonly Symptom[] = [
  {
    id: 'compression-flag-cleared',
    title: 'The proxy clears RSV1, so compressed messages are taken for plain ones',
    advice: 'It reads and writes frames itself: then it must not let the two ends agree on extensions (RFC 7692 §6).',
    shows: ({ originSaw, clientFrames }) =>
      originSaw !== undefined && (cleared(clientFrames, originSaw.frames) || cleared(originSaw.frames, clientFrames)),
  },
];
