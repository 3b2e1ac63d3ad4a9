import { withFields, without } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { HANDSHAKE } from './hand-made.ts';

const OLD = without(HANDSHAKE, 'sec-websocket-key', 'sec-websocket-version');
const KEYED = withFields(OLD, (fields) => [...fields, ['Sec-WebSocket-Key1', '1  2']]);
const SQUEEZED = withFields(OLD, (fields) => [...fields, ['Sec-WebSocket-Key1', '1 2']]);

finds('legacy', [
  ['old-key-rewritten', { sent: KEYED, saw: SQUEEZED }],
  ['key-bytes-held', { sent: OLD, kind: 'timeout', noted: { bytesBeforeReply: 0, bytesIn: 8 } }],
  [
    'key-bytes-dropped',
    { sent: OLD, kind: 'timeout', noted: { bytesBeforeReply: 0, bytesIn: 0 } },
    'Of the eight bytes behind the head none came to the origin',
  ],
  ['old-frames-withheld', { sent: OLD, kind: 'timeout', noted: { glued: 0 } }],
]);
