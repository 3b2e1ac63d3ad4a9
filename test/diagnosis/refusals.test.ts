import { withField, without, withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { body, CHUNKED, frame, page, plus, REFUSAL, response, SENT_BODY } from './hand-made.ts';

const REDIRECT = response('HTTP/1.1 302 Found\nLocation: /login\nX-Wsproof-Origin: 0123456789abcdef');

finds('refusals', [
  [
    'refusal-replaced',
    { replied: REFUSAL, got: page('401 Unauthorized', 'oops'), clientBody: body('oops'), noted: SENT_BODY },
  ],
  [
    'refusal-replaced',
    { replied: REFUSAL, got: page('500 Internal Server Error', ''), about: 'status' },
    'The origin answered 401, and the proxy puts a 500 of its own in its place',
  ],
  [
    'refusal-status-changed',
    { replied: REFUSAL, got: withStart(REFUSAL, 'HTTP/1.1 403 Forbidden'), about: 'status' },
    'The origin answered 401, and the client got 403',
  ],
  ['refusal-framing-broken', { replied: CHUNKED, kind: 'protocol', noted: SENT_BODY }],
  [
    'refusal-chunks-exposed',
    {
      replied: CHUNKED,
      got: without(CHUNKED, 'transfer-encoding'),
      clientBody: body('4\r\nshut\r\n0\r\n\r\n'),
      noted: SENT_BODY,
    },
  ],
  ['refusal-body-lost', { replied: REFUSAL, kind: 'ended', noted: SENT_BODY }],
  ['refusal-body-lost', { replied: REFUSAL, clientBody: body(''), noted: SENT_BODY }],
  [
    'refusal-body-changed',
    { replied: REFUSAL, clientBody: body('open'), noted: SENT_BODY },
    'The origin sent a body of 4 bytes, and the client got another one of 4',
  ],
  [
    'refusal-fields-dropped',
    { replied: REFUSAL, got: without(REFUSAL, 'www-authenticate'), clientBody: body('shut'), noted: SENT_BODY },
    'The proxy drops WWW-Authenticate from the refusal',
  ],
  [
    'redirect-followed',
    { replied: REDIRECT, got: page('200 OK', 'log in'), about: 'status' },
    'The origin answered 302, and the client got the 200 of some other place',
  ],
  [
    'location-rewritten',
    { replied: REDIRECT, got: withField(REDIRECT, 'Location', 'http://origin:9000/login') },
    'The proxy changes Location from “/login” to “http://origin:9000/login”',
  ],
  [
    'challenges-changed',
    { replied: plus(REFUSAL, ['WWW-Authenticate', 'Negotiate']), got: REFUSAL },
    'The origin sent 2 challenges, and “Bearer” came',
  ],

  ['first-bytes-lost', { noted: { glued: 7 }, kind: 'timeout' }],
  ['first-bytes-mixed-up', { noted: { glued: 7 }, clientFrames: [frame('received')] }],
  [
    'compression-flag-cleared',
    { clientFrames: [frame('sent', 4)], noted: { frames: [frame('received')] }, kind: 'timeout' },
  ],
  ['compression-flag-cleared', { clientFrames: [frame('received')], noted: { frames: [frame('sent', 4)] } }],
]);
