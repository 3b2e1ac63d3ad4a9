import { sceneOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** What becomes of a handshake that the client gives up. */
export const aborts: readonly Symptom[] = [
  {
    id: 'abort-not-propagated',
    title: 'The proxy does not tell the origin that the client has gone before there was an answer',
    advice: 'It looks after the client only when the origin has answered: have it end both sides at any time.',
    shows: ({ sent, originSaw }) =>
      sceneOf(sent) === 'hang' && originSaw !== undefined && !originSaw.reply && !originSaw.ending,
  },
];
