import { withField, without, withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { CONNECT, HANDSHAKE, h2, PLAIN, page, plus, REFUSAL, SWITCH } from './hand-made.ts';

finds('upgrade', [
  [
    'upgrade-headers-dropped',
    { saw: without(HANDSHAKE, 'connection', 'upgrade'), replied: REFUSAL },
    'The origin got a plain HTTP/1.1 request: no Upgrade and no Connection',
  ],
  [
    'upgrade-headers-dropped',
    {
      saw: withStart(
        withField(without(HANDSHAKE, 'upgrade'), 'Connection', 'close'),
        HANDSHAKE.start.replace('1.1', '1.0'),
      ),
      replied: REFUSAL,
    },
    'The origin got a plain HTTP/1.0 request: no Upgrade and “Connection: close”',
  ],
  ['upgrade-headers-dropped', { sent: CONNECT, saw: PLAIN, replied: REFUSAL, got: h2(REFUSAL), transport: 'h2' }],
  [
    'token-case-misread',
    { sent: withField(HANDSHAKE, 'Upgrade', 'WebSocket'), saw: null, replied: null, got: null, kind: 'ended' },
    'The client asks with “Upgrade: WebSocket” and “Connection: Upgrade”, and gets no answer',
  ],
  [
    'connection-list-misread',
    {
      sent: withField(HANDSHAKE, 'Connection', 'keep-alive, Upgrade'),
      saw: null,
      replied: null,
      got: page('400 Bad Request', ''),
    },
    'The client asks with “Connection: keep-alive, Upgrade”, and gets 400',
  ],
  ['key-missing', { saw: without(HANDSHAKE, 'sec-websocket-key'), replied: REFUSAL }],
  ['upgrade-not-forwarded', { saw: without(HANDSHAKE, 'upgrade'), replied: REFUSAL }],
  [
    'connection-not-forwarded',
    { saw: without(HANDSHAKE, 'connection'), replied: REFUSAL },
    'The origin got Upgrade and no Connection',
  ],
  ['connection-not-forwarded', { saw: withField(HANDSHAKE, 'Connection', 'close'), about: 'connection' }],
  [
    'connection-always-upgrade',
    { sent: PLAIN, saw: plus(PLAIN, ['Connection', 'upgrade']), replied: REFUSAL, about: 'connection' },
  ],
  ['http10-upstream', { saw: withStart(HANDSHAKE, HANDSHAKE.start.replace('1.1', '1.0')), about: 'version' }],
  ['http10-upstream', { saw: withStart(HANDSHAKE, HANDSHAKE.start.replace('1.1', '1.0')), replied: REFUSAL }],
  [
    'version-rewritten',
    { sent: withField(HANDSHAKE, 'Sec-WebSocket-Version', '8'), saw: HANDSHAKE, about: 'status' },
    'The client sent version 8, and the origin got 13',
  ],
  [
    'key-rewritten',
    { saw: withField(HANDSHAKE, 'Sec-WebSocket-Key', 'AQIDBAUGBwgJCgsMDQ4PEA=='), about: 'sec-websocket-key' },
  ],
  [
    'accept-rewritten',
    { got: withField(SWITCH, 'Sec-WebSocket-Accept', 'somebody else’s'), about: 'sec-websocket-accept' },
  ],
  ['switch-headers-dropped', { got: without(SWITCH, 'connection'), about: 'connection' }],
  ['body-announced-in-101', { got: plus(SWITCH, ['Content-Length', '0']), about: 'content-length' }],
  [
    'host-rewritten',
    { saw: withField(HANDSHAKE, 'Host', 'origin:9000'), about: 'host' },
    'The proxy rewrites Host from wsproof.test to origin:9000',
  ],
  [
    'host-rewritten',
    { saw: withField(plus(HANDSHAKE, ['X-Forwarded-Host', 'inner']), 'Host', 'origin:9000'), about: 'host' },
  ],
]);
