import type { Symptom } from './symptom.ts';

/** What stands right behind the heads, where a proxy turns from messages to bytes. */
export const firstBytes: readonly Symptom[] = [
  {
    id: 'first-bytes-lost',
    title: 'The proxy loses the bytes that the origin writes together with its 101',
    advice: 'What its buffer holds behind the head of the 101 has to go to the client before anything else.',
    shows: ({ originSaw, clientSaw, clientFrames, failure }) =>
      (originSaw?.glued ?? 0) > 0 &&
      clientSaw !== undefined &&
      (failure.kind === 'value' || !clientFrames.some(({ way }) => way === 'received')),
  },
];
