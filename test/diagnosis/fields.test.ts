import { withField, without, withStart } from '../mutants/mutant.ts';
import { finds } from './finding.ts';
import { COOKIES, HANDSHAKE, OFFER, plus, SWITCH } from './hand-made.ts';

finds('fields', [
  [
    'subprotocol-dropped',
    { sent: OFFER, saw: HANDSHAKE, about: 'sec-websocket-protocol' },
    'The proxy drops Sec-WebSocket-Protocol from the request',
  ],
  [
    'subprotocol-dropped',
    { sent: OFFER, replied: plus(SWITCH, ['Sec-WebSocket-Protocol', 'v1.chat']), got: SWITCH },
    'The proxy drops Sec-WebSocket-Protocol from the response',
  ],
  [
    'subprotocol-changed',
    { sent: OFFER, saw: withField(OFFER, 'Sec-WebSocket-Protocol', 'v2.chat') },
    'The proxy changes Sec-WebSocket-Protocol in the request from “v2.chat, v1.chat” to “v2.chat”',
  ],
  ['extensions-dropped', { sent: plus(HANDSHAKE, ['Sec-WebSocket-Extensions', 'permessage-deflate']), saw: HANDSHAKE }],
  [
    'extensions-changed',
    {
      sent: plus(HANDSHAKE, ['Sec-WebSocket-Extensions', 'permessage-deflate; client_max_window_bits']),
      saw: plus(HANDSHAKE, ['Sec-WebSocket-Extensions', 'permessage-deflate']),
    },
  ],
  [
    'cookie-dropped',
    { sent: plus(HANDSHAKE, ['Cookie', 'sid=secret']), saw: HANDSHAKE },
    'The proxy drops Cookie from the request',
  ],
  [
    'cookie-changed',
    { sent: plus(HANDSHAKE, ['Cookie', 'sid=secret; a=b']), saw: plus(HANDSHAKE, ['Cookie', 'sid=secret']) },
    'The proxy changes Cookie in the request',
  ],
  ['authorization-dropped', { sent: plus(HANDSHAKE, ['Authorization', 'WRAP secret']), saw: HANDSHAKE }],
  [
    'authorization-changed',
    {
      sent: plus(HANDSHAKE, ['Authorization', 'Bearer secret']),
      saw: plus(HANDSHAKE, ['Authorization', 'Basic other']),
    },
    'The proxy changes Authorization in the request',
  ],
  ['origin-header-dropped', { sent: plus(HANDSHAKE, ['Origin', 'https://a.example']), saw: HANDSHAKE }],
  [
    'origin-header-rewritten',
    {
      sent: plus(HANDSHAKE, ['Origin', 'https://a.example']),
      saw: plus(HANDSHAKE, ['Origin', 'https://a.example'], ['Origin', 'http://origin']),
    },
  ],
  [
    'set-cookie-merged',
    { replied: COOKIES, got: plus(SWITCH, ['Set-Cookie', 'sid=1; Path=/, shard=2; Path=/']), about: 'set-cookie' },
  ],
  [
    'set-cookie-dropped',
    { replied: COOKIES, got: plus(SWITCH, ['Set-Cookie', 'sid=1; Path=/']) },
    'The proxy drops the Set-Cookie of shard from the 101',
  ],
  [
    'set-cookie-changed',
    { replied: COOKIES, got: plus(SWITCH, ['Set-Cookie', 'sid=1; Path=/'], ['Set-Cookie', 'shard=2; Path=/ws']) },
    'The proxy changes the Set-Cookie of shard on the 101',
  ],

  [
    'request-target-reencoded',
    {
      sent: withStart(HANDSHAKE, 'GET /a%2Fb?scene=echo HTTP/1.1'),
      saw: withStart(HANDSHAKE, 'GET /a/b?scene=echo HTTP/1.1'),
      about: 'target',
    },
    'The proxy spells the path /a%2Fb as /a/b',
  ],
  [
    'request-target-reencoded',
    {
      sent: withStart(HANDSHAKE, 'GET /?q=%26&scene=echo HTTP/1.1'),
      saw: withStart(HANDSHAKE, 'GET /?q=&&scene=echo HTTP/1.1'),
      about: 'target',
    },
  ],
  [
    'path-rewritten',
    { saw: withStart(HANDSHAKE, 'GET /socket?nonce=n1&scene=echo HTTP/1.1'), about: 'target' },
    'The proxy rewrites the path from /chat/room to /socket',
  ],
  [
    'query-rewritten',
    {
      sent: withStart(HANDSHAKE, 'GET /?access_token=abc&scene=echo HTTP/1.1'),
      saw: withStart(HANDSHAKE, 'GET /?access_token=xxx&scene=echo HTTP/1.1'),
      about: 'target',
    },
    'The proxy changes or drops the query parameter access_token',
  ],
  [
    'request-field-dropped',
    { sent: plus(HANDSHAKE, ['X-Api-Key', '1']), saw: HANDSHAKE },
    'The proxy drops X-Api-Key from the request',
  ],
  [
    'response-field-dropped',
    { got: without(SWITCH, 'x-wsproof-origin') },
    'The proxy drops X-Wsproof-Origin from the 101',
  ],
]);
