import { DEFLATE_TAKEOVER } from '../wire/deflate.ts';
import { isControl } from '../wire/frame.ts';
import type { ResponseHead } from '../wire/head.ts';
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

/** A message that may refer to those before it, which did come (RFC 7692 §7.1.1), has not come to the other end. */
function strandedBehindOthers(left: readonly SeenFrame[], came: readonly SeenFrame[]): boolean {
  const compressed = (frames: readonly SeenFrame[], way: SeenFrame['way']): number =>
    frames.filter((frame) => frame.way === way && frame.rsv === RSV1).length;
  const arrived = compressed(came, 'received');
  return arrived > 0 && arrived < compressed(left, 'sent');
}

const withContext = (head: ResponseHead | undefined): boolean =>
  head?.get('sec-websocket-extensions')?.replaceAll(' ', '') === DEFLATE_TAKEOVER;

/** What goes wrong once the two ends have agreed to compress. */
export const compression: readonly Symptom[] = [
  {
    id: 'compression-flag-cleared',
    title: 'The proxy clears RSV1, so compressed messages are taken for plain ones',
    advice: 'It reads and writes frames itself: then it must not let the two ends agree on extensions (RFC 7692 §6).',
    shows: ({ originSaw, clientFrames }) =>
      originSaw !== undefined && (cleared(clientFrames, originSaw.frames) || cleared(originSaw.frames, clientFrames)),
  },
  {
    id: 'compression-context-lost',
    title: 'The proxy reads compressed messages, and forgets what those before them said',
    advice:
      'Messages may refer to earlier ones: keep the window, or take context takeover off the offer (RFC 7692 §7.1.1).',
    shows: ({ originSaw, originReplied, clientFrames }) =>
      originSaw !== undefined &&
      withContext(originReplied) &&
      (strandedBehindOthers(clientFrames, originSaw.frames) || strandedBehindOthers(originSaw.frames, clientFrames)),
  },
];
