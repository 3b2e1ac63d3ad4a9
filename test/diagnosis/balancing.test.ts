import { withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { frame, HANDSHAKE, page } from './hand-made.ts';
import { dialogue, text } from './hand-made-dialogue.ts';

const BOTH_UP = [
  { name: 'a', out: false },
  { name: 'b', out: false },
];
const A_OUT = [
  { name: 'a', out: true },
  { name: 'b', out: false },
];
const ended = { how: 'fin', at: 9 } as const;
const talked = { origins: A_OUT, clientFrames: [frame('sent'), frame('received')] };

finds('balancing', [
  [
    'session-moved',
    {
      sent: withStart(HANDSHAKE, 'GET /chat?scene=session&session=a-5f0c1d HTTP/1.1'),
      replied: page('400 Bad Request', ''),
      noted: { origin: 'b' },
      origins: BOTH_UP,
    },
    'The session was begun at origin a, and this request came to b',
  ],
  [
    'handshake-repeated',
    { replied: null, got: page('502 Bad Gateway', ''), arrivals: 2, noted: { hungUp: 'fin' }, about: 'origins' },
    'One handshake of the client came to the origins 2 times',
  ],
  ['connection-migrated', { ...talked, arrivals: 2, kind: 'timeout', noted: { left: ended } }],
  ['connection-split', { origins: BOTH_UP, arrivals: 2, about: 'origins' }],
  [
    'one-origin-only',
    { origins: BOTH_UP, about: 'origins', requests: ['n0', 'n1'].map((nonce) => ({ nonce, origins: ['a'] })) },
    'All handshakes came to origin a',
  ],
  ['dead-origin-used', { origins: A_OUT, saw: null, replied: null, got: page('502 Bad Gateway', '') }],
  ['dead-origin-used', { origins: A_OUT, saw: null, replied: null, got: null, kind: 'timeout' }],
  ['drained-connections-cut', { ...talked, kind: 'ended', clientEnding: ended }],
  [
    'end-not-propagated',
    { ...dialogue([text('client'), text('origin')], { origin: { left: 9 } }), origins: A_OUT },
    'The origin ended with FIN, and the connection of the client is still open',
  ],
]);
