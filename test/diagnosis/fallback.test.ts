import { withField, withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { body, PLAIN, page, SENT_BODY } from './hand-made.ts';

const piece = (at: number, length = 10) => ({ at, length });
const written = [piece(0), piece(500), piece(1000)];
const POST = withField(withStart(PLAIN, 'POST /chat?scene=poll HTTP/1.1'), 'Content-Length', '7');
const OLD = withField(page('200 OK', ''), 'X-Wsproof-Origin', 'of another answer');

finds('fallback', [
  [
    'response-buffered',
    { sent: PLAIN, replied: page('200 OK', ''), noted: { pieces: written }, clientPieces: [piece(1010, 30)] },
    'The origin wrote 3 pieces one after the other, and the client got 1',
  ],
  [
    'response-buffered',
    { sent: PLAIN, replied: page('200 OK', ''), got: null, kind: 'timeout', noted: { pieces: written } },
    'The origin wrote 3 pieces, and nothing came to the client',
  ],
  [
    'answer-body-changed',
    { sent: PLAIN, replied: page('200 OK', ''), stamped: true, clientBody: body('shot'), noted: SENT_BODY },
    'The origin sent a body of 4 bytes, and the client got another one of 4',
  ],
  ['answer-from-cache', { sent: PLAIN, saw: null, replied: null, got: OLD }],
  [
    'request-body-lost',
    { sent: POST, replied: page('200 OK', '') },
    'The client sent a body of 7 bytes, and the origin got 0',
  ],
]);
