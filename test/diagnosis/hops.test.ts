import { withField, without, withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { COOKIES, frame, HANDSHAKE, page, plus, SWITCH } from './hand-made.ts';

const FORGED = plus(HANDSHAKE, ['X-Forwarded-For', '203.0.113.7'], ['X-Forwarded-Proto', 'https']);
const NAMED = plus(withField(HANDSHAKE, 'Connection', 'Upgrade, X-Hop'), ['X-Hop', '1']);
const LINES = plus(HANDSHAKE, ['X-Step', 'one'], ['X-Step', 'two']);
const LONG = plus(HANDSHAKE, ['Cookie', 'secret'.padEnd(9000, 'x')]);

finds('what one hop tells the next', [
  [
    'connection-options-ignored',
    { sent: NAMED, about: 'connection' },
    'The proxy passes X-Hop on, although Connection names it',
  ],
  [
    'hop-by-hop-forwarded',
    { sent: plus(HANDSHAKE, ['Keep-Alive', 'timeout=5'], ['TE', 'gzip']), about: 'connection' },
    'The proxy passes on of the client’s connection: Keep-Alive, TE',
  ],
  ['forwarding-field-trusted', { sent: FORGED, about: 'forwarded' }],
  [
    'forwarding-field-wrong',
    { saw: plus(HANDSHAKE, ['Forwarded', 'for=_p;host=wsproof.test;proto=https']), about: 'forwarded' },
    'The proxy writes “Forwarded: https”, and that is not so',
  ],
]);

finds('handshakes that are taken for something else', [
  [
    'upgrade-list-misread',
    { sent: withField(HANDSHAKE, 'Upgrade', 'h2c, websocket'), got: page('502 Bad Gateway', ''), about: 'upgrade' },
    'The client asks with “Upgrade: h2c, websocket”, and gets 502',
  ],
  ['upgrade-invented', { sent: withField(HANDSHAKE, 'Connection', 'keep-alive'), saw: HANDSHAKE, about: 'connection' }],
  [
    'http10-upgraded',
    { sent: withStart(HANDSHAKE, HANDSHAKE.start.replace('1.1', '1.0')), saw: HANDSHAKE, got: null, kind: 'timeout' },
  ],
  ['key-invented', { sent: without(HANDSHAKE, 'sec-websocket-key'), saw: HANDSHAKE }],
]);

finds('lines and lengths of fields', [
  [
    'field-lines-lost',
    { sent: LINES, saw: plus(HANDSHAKE, ['X-Step', 'two']), about: 'x-step' },
    'Of 2 lines of x-step 1 arrived',
  ],
  ['field-lines-reordered', { sent: LINES, saw: plus(HANDSHAKE, ['X-Step', 'two, one']), about: 'x-step' }],
  [
    'field-lines-interrupted',
    { sent: LINES, saw: plus(HANDSHAKE, ['X-Step', 'one, own'], ['X-Step', 'two']), about: 'x-step' },
    'The proxy adds its own value to x-step in front of two: one, own, two',
  ],
  ['set-cookie-dropped', { replied: COOKIES, got: SWITCH, about: 'set-cookie' }],
  [
    'field-cut-off',
    { sent: LONG, saw: plus(HANDSHAKE, ['Cookie', 'secret'.padEnd(8190, 'x')]), about: 'cookie' },
    'Of 9000 bytes of cookie the first 8190 arrived',
  ],
  [
    'names-recased',
    { saw: plus(without(HANDSHAKE, 'host'), ['host', 'wsproof.test']), about: 'case' },
    'The proxy writes field names in another case: Host as host',
  ],
  [
    'head-too-long',
    { sent: LONG, saw: null, got: page('431 Too Large', '') },
    'The proxy answers 431 to a head of 9 KiB',
  ],
  ['long-head-misreported', { sent: LONG, saw: null, got: page('502 Bad Gateway', '') }],
  [
    'long-head-misreported',
    { sent: LONG, saw: null, got: null, kind: 'ended' },
    'The proxy ends the connection when the head has 9 KiB',
  ],
]);

const EARLY = { ...frame('sent'), at: 1 };

finds('what comes before the 101', [
  ['early-bytes-lost', { clientFrames: [EARLY], openedAt: 2, noted: { frames: [] } }],
  [
    'early-bytes-lost',
    { clientFrames: [EARLY], openedAt: 2, noted: { frames: [{ ...frame('received'), length: 3 }] } },
    'A frame of 5 bytes that was sent before the 101 did not arrive',
  ],
]);
