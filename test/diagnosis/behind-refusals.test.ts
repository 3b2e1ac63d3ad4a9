import { finds } from './finding.ts';
import { PLAIN, page, REFUSAL } from './hand-made.ts';

const AGAIN = { sent: PLAIN, again: true } as const;

finds('behind refusals', [
  [
    'tunnel-behind-refusal',
    { replied: REFUSAL, about: 'stray', noted: { stray: 20 } },
    'Behind a 401 the origin got 20 bytes of the client that were no request',
  ],
  ['connection-left-hanging', { ...AGAIN, saw: null, replied: null, kind: 'timeout' }],
  [
    'connection-out-of-step',
    { ...AGAIN, saw: null, replied: null, got: page('401 Unauthorized', 'shut') },
    'Behind a refusal the next request was answered 401, and not by the origin',
  ],
]);
