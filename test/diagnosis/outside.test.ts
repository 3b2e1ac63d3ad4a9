import { finds } from './finding.ts';
import { HANDSHAKE, page, plus } from './hand-made.ts';

/** What only the client saw. */
const foreign = {
  foreign: true,
  saw: null,
  replied: null,
  sent: plus(HANDSHAKE, ['Origin', 'https://a.example']),
} as const;

finds('outside', [
  [
    'credentials-wanted',
    { ...foreign, got: plus(page('401 Unauthorized', ''), ['WWW-Authenticate', 'Basic realm="x"']) },
    'The answer is 401 Unauthorized, with the challenge “Basic realm="x"”',
  ],
  ['credentials-wanted', { ...foreign, got: page('401 Unauthorized', '') }, 'The answer is 401 Unauthorized'],
  ['handshake-forbidden', { ...foreign, got: page('403 Forbidden', '') }, 'The answer is 403 Forbidden'],
  [
    'sent-elsewhere',
    { ...foreign, got: plus(page('301 Moved Permanently', ''), ['Location', 'https://b.example/']) },
    'The answer is 301 Moved Permanently, to https://b.example/',
  ],
  ['application-unavailable', { ...foreign, got: page('502 Bad Gateway', '') }, 'The answer is 502 Bad Gateway'],
  ['handshake-not-taken', { ...foreign, got: page('200 OK', 'hello') }, 'The answer is 200 OK'],
  ['handshake-not-taken', { ...foreign, got: page('404 Not Found', '') }, 'The answer is 404 Not Found'],
  ['hung-up-on', { ...foreign, got: null, kind: 'ended' }],
]);
