import type { RequestHead } from '../wire/head.ts';
import { LIMIT_OF_SIZES } from './endings.ts';
import type { Evidence } from './evidence.ts';
import { sceneOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

const MIB = 1024 * 1024;

/** MiB under way from which on nobody seems to have a limit. */
const HEAP = 48;

/** The end that was asked not to read: the client while the origin floods it, or an origin that stalls. */
function slowEnd(sent: RequestHead): 'client' | 'origin' | undefined {
  const play = sceneOf(sent);
  return play === 'flood' ? 'client' : play === 'stall' ? 'origin' : undefined;
}

/** It still does not read. */
function stillSlow({ sent, originSaw, clientPaused }: Evidence): boolean {
  return slowEnd(sent) === 'client' ? clientPaused === true : originSaw?.stalled === true;
}

/** Bytes that one end has written and the slow one has not read. */
function underWay({ sent, originSaw, clientBytesIn = 0, clientBytesOut = 0 }: Evidence): number {
  const { bytesIn = 0, bytesOut = 0 } = originSaw ?? {};
  return slowEnd(sent) === 'client' ? bytesOut - clientBytesIn : clientBytesOut - bytesIn;
}

/** What a proxy does with bytes for somebody who does not read them. */
export const pressure: readonly Symptom[] = [
  {
    id: 'buffers-without-limit',
    title: 'The proxy takes any number of bytes for somebody who does not read them',
    advice: 'It has to read from one side only as fast as the other side takes it: set a limit for its buffers.',
    shows: (evidence) => stillSlow(evidence) && underWay(evidence) > HEAP * MIB,
    detail: (evidence) => `It took more than ${HEAP} MiB for the ${slowEnd(evidence.sent)}, which read nothing`,
  },
  {
    id: 'lost-under-pressure',
    title: 'The proxy loses what was sent to somebody who did not read for a while',
    advice: 'It drops messages, or the connection, when its buffer is full: have it wait for the receiver instead.',
    presumes: LIMIT_OF_SIZES,
    shows: (evidence) => slowEnd(evidence.sent) !== undefined,
  },
  {
    id: 'others-held-up',
    title: 'One receiver that does not read holds up all the others',
    advice: 'The proxy writes to one connection after the other and waits: each needs a buffer and a turn of its own.',
    shows: ({ others = [], failure }) =>
      failure.kind === 'timeout' && others.some(({ sent, open }) => open && slowEnd(sent) !== undefined),
  },
];
