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
  ['requests-starved', { ...SILENCE, sent: PLAIN, others: crowd(20, true) }],
  [
    'places-not-freed',
    { ...SILENCE, others: crowd(30, false) },
    'After at least 30 connections had come and gone, the next one did not get through',
  ],
]);

blamesNobody([
  ['a few others say nothing about a limit', { ...SILENCE, others: crowd(5, true) }, 'request-swallowed'],
  ['a connection that is open is not left out', { others: crowd(20, true) }],
]);
