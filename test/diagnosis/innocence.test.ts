import { withField, withFields, without, withStart } from '../mutants/mutant.ts';
import { blamesNobody } from './finding.ts';
import {
  body,
  CHUNKED,
  CONNECT,
  frame,
  HANDSHAKE,
  h2,
  OFFER,
  PLAIN,
  plus,
  REFUSAL,
  SENT_BODY,
  SWITCH,
  SWITCH_H2,
} from './hand-made.ts';

blamesNobody([
  [
    'the answer to a plain request is no refusal',
    { sent: PLAIN, replied: REFUSAL, got: without(REFUSAL, 'www-authenticate') },
  ],
  [
    '“Connection: upgrade” on a plain request does not hold its answer back',
    { sent: PLAIN, saw: plus(PLAIN, ['Connection', 'upgrade']), replied: REFUSAL, kind: 'timeout' },
  ],
  ['nothing differs', {}],
  [
    'it adds fields of its own',
    {
      sent: OFFER,
      saw: plus(OFFER, ['Via', '1.1 p'], ['X-Forwarded-For', '::1'], ['Cookie', 'lb=1']),
      got: plus(SWITCH, ['Via', '1.1 p'], ['Server', 'p'], ['Set-Cookie', 'lb=1']),
    },
  ],
  [
    'it writes lists and cookies in several lines',
    {
      sent: plus(OFFER, ['Cookie', 'a=1; b=2']),
      saw: plus(
        HANDSHAKE,
        ['Sec-WebSocket-Protocol', 'v2.chat'],
        ['Sec-WebSocket-Protocol', 'v1.chat'],
        ['Cookie', 'a=1'],
        ['Cookie', 'b=2'],
      ),
    },
  ],
  [
    'it writes parameters with other white space',
    {
      sent: plus(HANDSHAKE, ['Sec-WebSocket-Extensions', 'x; a; b']),
      saw: plus(HANDSHAKE, ['Sec-WebSocket-Extensions', 'x;a ;b']),
    },
  ],
  [
    'it writes names in lower case',
    { saw: withFields(HANDSHAKE, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])) },
  ],
  [
    'it writes hop-by-hop fields of its own',
    {
      saw: withField(HANDSHAKE, 'Connection', 'close, Upgrade'),
      got: withField(SWITCH, 'Connection', 'keep-alive, upgrade'),
      about: 'connection',
    },
  ],
  [
    'it takes away what Connection names',
    { sent: plus(withField(HANDSHAKE, 'Connection', 'Upgrade, X-Hop'), ['X-Hop', '1']), saw: HANDSHAKE },
  ],
  [
    'it puts a prefix in front of the path',
    { saw: withStart(HANDSHAKE, HANDSHAKE.start.replace('/chat', '/app/chat')), about: 'target' },
  ],
  [
    'it names the host elsewhere',
    {
      saw: withField(plus(HANDSHAKE, ['Forwarded', 'for=_x;host="wsproof.test"']), 'Host', 'origin:9000'),
      about: 'host',
    },
  ],
  [
    'it frames a body anew',
    {
      replied: CHUNKED,
      got: plus(without(CHUNKED, 'transfer-encoding'), ['Content-Length', '4']),
      clientBody: body('shut'),
      noted: SENT_BODY,
    },
  ],
  [
    'the refusal is the origin’s own',
    { replied: REFUSAL, clientBody: body('shut'), noted: SENT_BODY, about: 'status' },
  ],
  ['the body was not read', { replied: REFUSAL, noted: SENT_BODY }],
  ['the origin has not answered yet', { replied: null, kind: 'timeout' }],
  ['it speaks HTTP/2 to the origin', { saw: CONNECT, replied: SWITCH_H2, got: SWITCH, about: 'version' }],
  [
    'it speaks HTTP/1 to the origin and HTTP/2 to the client',
    { sent: CONNECT, saw: HANDSHAKE, got: h2(SWITCH_H2), transport: 'h2' },
  ],
  [
    'whether an application behind it answered is not known',
    { saw: null, replied: null, kind: 'timeout', foreign: true },
  ],
  [
    'Host is rewritten in each handshake, also in one that is cut later',
    {
      saw: withField(HANDSHAKE, 'Host', 'origin:9000'),
      kind: 'ended',
      clientFrames: [frame('received')],
      noted: { frames: [frame('sent')] },
    },
  ],
  [
    'HTTP/1.0 upstream has not cut the conversation',
    {
      saw: withStart(HANDSHAKE, HANDSHAKE.start.replace('1.1', '1.0')),
      kind: 'timeout',
      clientFrames: [frame('sent')],
    },
    'messages-withheld',
  ],
  [
    'HTTP/1.0 upstream does not rewrite Host',
    {
      saw: withStart(withField(HANDSHAKE, 'Host', 'origin:9000'), HANDSHAKE.start.replace('1.1', '1.0')),
      about: 'host',
    },
    'host-rewritten',
  ],
  [
    'a rewritten Host does not drop cookies',
    { sent: plus(HANDSHAKE, ['Cookie', 'a=1']), saw: withField(HANDSHAKE, 'Host', 'origin:9000'), about: 'cookie' },
    'cookie-dropped',
  ],
  [
    'a missing Connection does not drop fields of the 101',
    { saw: without(HANDSHAKE, 'connection'), replied: plus(SWITCH, ['X-A', '1']), got: SWITCH, about: 'x-a' },
    'response-field-dropped',
  ],
  [
    'a field that was dropped is not the one that was looked at',
    { sent: plus(HANDSHAKE, ['X-A', '1']), saw: HANDSHAKE, about: 'host' },
  ],
  [
    'frames that were never compressed have lost no flag',
    { clientFrames: [frame('sent')], noted: { frames: [frame('received')] } },
  ],
]);
