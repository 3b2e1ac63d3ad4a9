import { blamesNobody, finds } from './finding.ts';
import { HANDSHAKE, PLAIN, page } from './hand-made.ts';

const crowd = (count: number, open: boolean) => Array.from({ length: count }, () => ({ sent: HANDSHAKE, open }));
const SILENCE = { saw: null, replied: null, got: null, kind: 'timeout' } as const;

finds('crowds', [
  [
    'connection-limit',
    { ...SILENCE, others: crowd(20, true) },
    'While at least 20 connections were open, the next one did not get through',
  ],
  ['connection-limit', { saw: null, replied: null, got: page('503 Service Unavailable', ''), others: crowd(20, true) }],
  [
    'refused-among-others',
    { saw: null, replied: null, got: page('429 Too Many Requests', ''), others: crowd(20, true) },
    'The proxy answers 429 by itself, while it lets others through',
  ],
  ['refused-among-others', { saw: null, replied: null, got: page('503 Service Unavailable', ''), beside: 1 }],
  ['refused-among-others', { saw: null, replied: null, got: page('403 Forbidden', ''), others: crowd(1, true) }],
  [
    'answered-by-proxy',
    { saw: null, replied: null, got: page('403 Forbidden', ''), others: crowd(1, false), beside: 1 },
  ],
  ['shut-out-among-others', { ...SILENCE, others: crowd(1, true) }],
  ['shut-out-among-others', { ...SILENCE, kind: 'refused', beside: 2 }],
  ['requests-starved', { ...SILENCE, sent: PLAIN, others: crowd(20, true) }],
  [
    'places-not-freed',
    { ...SILENCE, others: crowd(30, false) },
    'After at least 30 connections had come and gone, the next one did not get through',
  ],
]);

blamesNobody([
  ['a few others say nothing about a limit', { ...SILENCE, others: crowd(5, false) }, 'request-swallowed'],
  ['a connection that is open is not left out', { others: crowd(20, true) }],
]);
