import { withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { frame, HANDSHAKE, PLAIN, page, REFUSAL, SWITCH } from './hand-made.ts';

/** The origin got this in place of the request. */
const garbled = (bytes: string) =>
  ({ saw: null, replied: null, got: page('400 Bad Request', ''), originGot: Buffer.from(bytes, 'latin1') }) as const;

finds('passage', [
  [
    'origin-certificate-refused',
    { saw: null, replied: null, got: page('502 Bad Gateway', ''), originAlert: 'tlsv1 alert unknown ca' },
    'The proxy ended the TLS handshake with the origin: tlsv1 alert unknown ca',
  ],
  [
    'handshake-asked-again',
    { replied: null, kind: 'timeout', arrivals: 2 },
    'One handshake of the client came to the origin 2 times, and was answered never',
  ],
  ['proxy-unreachable', { saw: null, replied: null, kind: 'refused' }],
  ['proxy-unreachable', { saw: null, replied: null, kind: 'unreachable' }],
  [
    'query-dropped',
    { saw: withStart(HANDSHAKE, 'GET /chat/room HTTP/1.1'), kind: 'timeout', clientFrames: [frame('sent')] },
  ],
  ['answer-garbled', { saw: null, replied: null, kind: 'protocol', clientBytes: Buffer.from('SSH-2.0\r\n\r\n') }],
  ['request-swallowed', { saw: null, replied: null, kind: 'timeout' }],
  ['proxy-protocol-upstream', garbled('PROXY TCP4 192.0.2.1 192.0.2.2 56324 80\r\n')],
  ['proxy-protocol-upstream', garbled('\0\r\nQUIT\n\x21\x11')],
  ['http2-upstream', garbled('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
  ['tls-upstream', garbled('\x16\x03\x01\x02\0')],
  ['request-garbled', garbled('hello\r\n\r\n'), 'The origin got "hello\\r\\n\\r\\n" and cannot read it as a request'],
  ['connection-died', { saw: null, replied: null, kind: 'ended' }],
  [
    'encoded-slash-refused',
    {
      sent: withStart(HANDSHAKE, 'GET /a%2Fb?scene=echo HTTP/1.1'),
      saw: null,
      replied: null,
      got: page('404 Not Found', ''),
    },
    'The proxy answers 404 to a path with an encoded slash in it',
  ],
  [
    'origin-unreachable',
    { saw: null, replied: null, got: page('504 Gateway Timeout', '') },
    'The proxy answers 504 by itself; the origin was not asked',
  ],
  [
    'answered-by-proxy',
    { saw: null, replied: null, got: page('403 Forbidden', '') },
    'The proxy answers 403 by itself; the origin was not asked',
  ],
  [
    'accepted-by-proxy',
    { saw: null, replied: null, got: SWITCH, kind: 'timeout', stamped: false },
    'The client got a 101, and the origin had not answered',
  ],
  [
    'accepted-by-proxy',
    { replied: REFUSAL, got: SWITCH, stamped: false },
    'The client got a 101, and the origin had answered 401',
  ],
  [
    'plain-request-not-forwarded',
    { sent: PLAIN, saw: null, replied: null, got: page('426 Upgrade Required', '') },
    'The proxy answers 426 to a plain request; the origin was not asked',
  ],
  [
    'late-answer-withheld',
    { got: null, kind: 'ended', noted: { arrivedAt: 1, repliedAt: 5001 } },
    'The origin takes 5 s to answer, and the proxy ends the connection instead of passing that on',
  ],
  ['drop-not-answered', { replied: null, kind: 'ended', noted: { hungUp: 'fin' } }],
  ['drop-not-answered', { replied: null, kind: 'timeout', noted: { hungUp: 'fin' } }],
  ['drop-misreported', { replied: null, got: page('200 OK', ''), noted: { hungUp: 'fin' } }],
  ['answer-withheld', { got: null, kind: 'timeout' }, 'The origin answered 101, and the client got nothing'],
  // A proxy that drops a 101 ends the connection to the origin as well.
  ['answer-withheld', { got: null, kind: 'timeout', noted: { left: { how: 'fin', at: 9 } } }],
  ['answer-withheld', { replied: REFUSAL, got: null, kind: 'ended' }],
  ['origin-not-awaited', { replied: null, got: page('504 Gateway Timeout', '') }],
  ['origin-not-awaited', { replied: null, kind: 'ended' }],
  ['origin-not-awaited', { got: page('504 Gateway Timeout', '') }],
  ['switch-not-relayed', { got: page('502 Bad Gateway', '') }, 'The origin answered 101, and the client got 502'],
]);
