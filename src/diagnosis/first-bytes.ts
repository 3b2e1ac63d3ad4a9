import type { SeenFrame } from '../wire/record.ts';
import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';

/** The origin wrote frames together with its 101, and the client got the 101. */
const glued = ({ originSaw, clientSaw }: Evidence): boolean => (originSaw?.glued ?? 0) > 0 && clientSaw !== undefined;

const anyCame = ({ clientFrames }: Evidence): boolean => clientFrames.some(({ way }) => way === 'received');

/** The first frame of the client, when it was sent before there was an answer. */
const early = ({ clientFrames, openedAt }: Evidence): SeenFrame | undefined =>
  clientFrames.find(({ way, at }) => way === 'sent' && openedAt !== undefined && at < openedAt);

/** What stands right behind the 101, where a proxy turns from messages to bytes. */
export const firstBytes: readonly Symptom[] = [
  {
    id: 'early-bytes-lost',
    title: 'The proxy loses what the client sends before the 101 has come',
    advice: 'What its buffer holds behind the handshake has to go to the origin before anything else.',
    shows: (evidence) => {
      const sent = early(evidence);
      const first = evidence.originSaw?.frames.find(({ way }) => way === 'received');
      return sent !== undefined && evidence.originSaw !== undefined && sent.length !== first?.length;
    },
    detail: (evidence) => `A frame of ${early(evidence)!.length} bytes that was sent before the 101 did not arrive`,
  },
  {
    id: 'first-bytes-lost',
    title: 'The proxy loses the bytes that the origin writes together with its 101',
    advice: 'What its buffer holds behind the head of the 101 has to go to the client before anything else.',
    shows: (evidence) => glued(evidence) && !anyCame(evidence) && evidence.failure.kind === 'timeout',
  },
  {
    id: 'first-bytes-mixed-up',
    title: 'The proxy writes other bytes behind the 101 than the origin did',
    advice: 'Its buffer still holds what belongs to another connection, perhaps to another user.',
    shows: (evidence) => glued(evidence) && anyCame(evidence) && evidence.failure.kind === 'value',
  },
];
