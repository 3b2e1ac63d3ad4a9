import { withField, without } from '../mutants/mutant.ts';
import { blamesNobody, finds } from './finding.ts';
import { HANDSHAKE, PLAIN, page, SWITCH } from './hand-made.ts';

const OTHER = withField(SWITCH, 'Upgrade', 'other');

finds('bad switches', [
  ['unsolicited-tunnel', { sent: PLAIN, about: 'stray', noted: { stray: 20 } }],
  ['unsolicited-switch-relayed', { sent: PLAIN, about: 'status' }],
  ['unsolicited-switch-hangs', { sent: PLAIN, got: null, kind: 'timeout' }],
  [
    'bad-switch-hidden',
    { sent: PLAIN, got: page('200 OK', ''), about: 'status' },
    'The origin sent a 101 that is not valid, and the client got 200',
  ],
  ['bad-switch-hidden', { replied: OTHER, got: SWITCH, about: 'status' }],
  ['bad-switch-hidden', { replied: without(SWITCH, 'sec-websocket-accept'), got: SWITCH, about: 'status' }],
]);

blamesNobody([
  ['a 101 that is not valid comes to the client as it is', { replied: OTHER }],
  [
    'it answers 502 to a 101 that is not valid',
    { replied: OTHER, got: page('502 Bad Gateway', ''), about: 'status' },
    'switch-not-relayed',
  ],
  [
    'what the origin was asked for came over HTTP/2, where there is no key',
    { saw: without(HANDSHAKE, 'sec-websocket-key'), got: null, kind: 'timeout' },
    'key-missing',
  ],
]);
