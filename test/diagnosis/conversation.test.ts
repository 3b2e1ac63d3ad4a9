import { Opcode } from '../../src/wire/frame.ts';
import { blamesNobody, finds } from './finding.ts';
import { as, binary, close, dialogue, forged, lost, ping, pong, type Step, text } from './hand-made-dialogue.ts';

const RST = (at: number) => ({ how: 'rst', at, detail: 'ECONNRESET' }) as const;
const numbered = (count: number, skip = -1): Step[] =>
  Array.from({ length: count }, (_, i) => (i === skip ? lost(text('client', `${i}`)) : text('client', `${i}`)));
const echoed = (word: string): Step[] => [text('client', word), text('origin', word)];

finds('violations', [
  [
    'masking-changed',
    dialogue([as(text('client'), { masked: false })]),
    'There came to the origin an unmasked frame from the client (RFC 6455 §5.1)',
  ],
  ['masking-changed', dialogue([...echoed('a'), as(text('origin'), { masked: true })])],
  ['masking-changed', dialogue([...echoed('a'), forged(as(close('client', 1001), { masked: false }))])],
  ['frames-broken', dialogue([as(text('origin', 'hello'), { masked: true, payload: Buffer.from('hi') })])],
  [
    'frames-broken',
    dialogue([as(text('origin'), { rsv: 3, opcode: 1 })]),
    'The origin sent legal frames, but there came to the client RSV bits 3 without an extension (RFC 6455 §5.2)',
  ],
  [
    'frames-broken',
    dialogue([as(text('client'), { fin: false }), text('client')]),
    'The client sent legal frames, but there came to the origin frames of a message out of place',
  ],
  [
    'frames-broken',
    dialogue([...echoed('a'), lost(text('origin', 'hello'))], { client: { pending: 12 } }),
    'The origin sent legal frames, but there came to the client 12 bytes that are no frame',
  ],
  ['frames-broken', dialogue([as(ping('client'), { payload: Buffer.alloc(126) })])],
]);

finds('data', [
  [
    'messages-altered',
    dialogue([text('client', 'one'), as(text('client', 'two'), { payload: Buffer.from('twO') })]),
    'Message 2 of the client, text of 3 bytes, came to the origin with other bytes, from byte 2 on',
  ],
  [
    'messages-altered',
    dialogue([as(text('origin', 'text'), { opcode: Opcode.binary })]),
    'Message 1 of the origin, text of 4 bytes, came to the client as binary of 4 bytes',
  ],
  [
    'messages-altered',
    dialogue([as(binary('client', Buffer.alloc(9000)), { payload: Buffer.alloc(9000).fill(1, 8000) })]),
    'Message 1 of the client, binary of 9000 bytes, came to the origin with other bytes, somewhere behind the first 256',
  ],
  [
    'messages-reordered',
    dialogue([lost(text('client', 'a')), as(text('client', 'b'), {}, { payload: Buffer.from('a') })]),
    'Message 1 of the client was overtaken by a later one',
  ],
  [
    'messages-repeated',
    dialogue([text('client', 'a'), as(text('client', 'b'), { payload: Buffer.from('a') }, {})]),
    'Message 2 of the client came again: 2 were sent, and 3 came to the origin',
  ],
  ['messages-repeated', dialogue([as(text('client', 'a'), {}, {})])],
  [
    'messages-invented',
    dialogue([as(text('origin', 'mine'), { payload: Buffer.from('yours') }, {})]),
    'The client got 2 messages, and the origin sent 1',
  ],
  [
    'messages-lost',
    dialogue(numbered(3, 1)),
    'Message 2 of the client was lost: 3 were sent, and 2 came to the origin',
  ],
  ['messages-lost', dialogue(numbered(3000, 1000))],
  ['messages-lost', dialogue(numbered(3000, 2990))],
  [
    'messages-withheld',
    dialogue([text('origin', 'first'), lost(text('origin', 'next'))]),
    'The origin sent a message of 4 bytes, and it has not come to the client',
  ],
  ['messages-withheld', dialogue([lost(ping('client'))])],
]);

finds('pings', [
  [
    'ping-answered-by-proxy',
    dialogue([lost(ping('client', 'p')), as(text('origin'), { opcode: 10, payload: Buffer.from('p') })]),
  ],
  [
    'pings-swallowed',
    dialogue([lost(ping('client')), ...echoed('behind')]),
    'A ping of the client did not come through',
  ],
  [
    'pongs-swallowed',
    dialogue([ping('origin', 'p'), lost(pong('client', 'p')), ...echoed('behind')]),
    'A pong of the client did not come through',
  ],
  [
    'ping-payload-altered',
    dialogue([ping('client', 'four'), as(pong('origin', 'four'), { payload: Buffer.alloc(0) })]),
    'The origin sent 4 bytes with it, and 0 other ones came',
  ],
]);

finds('closing', [
  [
    'close-code-rewritten',
    dialogue([as(close('client', 4000, 'bye'), { payload: close('client', 1000, 'bye').frame.payload })]),
    'The client closed with 4000 "bye", and 1000 "bye" came to the origin',
  ],
  [
    'close-reason-rewritten',
    dialogue([
      as(close('origin', 1001, 'going away'), { payload: close('origin', 1001).frame.payload }),
      as(close('client', 1001), { payload: close('client', 1000).frame.payload }),
    ]),
    'The origin gave a reason of 10 bytes, and another one of 0 bytes came',
  ],
  [
    'close-reason-rewritten',
    dialogue([as(close('origin', 4000, 'good bye'), { payload: close('origin', 4000, 'good').frame.payload })]),
    'The origin gave a reason of 8 bytes, and another one of 4 bytes came',
  ],
  [
    'close-frame-dropped',
    dialogue([lost(close('origin', 4000))], { client: { ending: 9 }, origin: { left: 8 } }),
    'The origin closed with 4000, and the client got none of it',
  ],
  [
    'closed-by-proxy',
    dialogue([...echoed('a'), forged(close('origin', 1001, 'reload')), close('client', 1001)], {
      client: { ending: 9 },
    }),
    'The client was told 1001 "reload", which the other end had not said',
  ],
  [
    'message-too-big',
    dialogue([
      lost(binary('client', Buffer.alloc(70_000))),
      forged(close('origin', 1009)),
      lost(close('client', 1009)),
    ]),
    'A message of 70000 bytes of the client did not get through',
  ],
  [
    'message-too-big',
    dialogue([...echoed('a'), lost(binary('client', Buffer.alloc(70_000)))], { client: { ending: 9 } }),
    'A message of 70000 bytes of the client did not get through',
  ],
]);

finds('endings', [
  [
    'half-close-ends-both',
    dialogue([...echoed('a'), lost(text('origin', 'more'))], {
      client: { left: 8, ending: 9 },
      origin: { ending: 8.5, left: 10 },
    }),
    'The client ended its side, and a message of 4 bytes of the origin was lost',
  ],
  [
    'end-not-propagated',
    dialogue(echoed('a'), { client: { left: 9 } }),
    'The client ended with FIN, and the connection of the origin is still open',
  ],
  ['end-not-propagated', dialogue(echoed('a'), { origin: { left: RST(9), ending: RST(10) } })],
  ['end-not-propagated', dialogue([...echoed('a'), lost(close('client', 1000))])],
  [
    'last-data-lost',
    dialogue([...echoed('a'), lost(text('origin', 'the result'))], {
      origin: { left: 8, ending: 10 },
      client: { ending: 9, left: 9.5 },
    }),
    'The origin sent a message of 10 bytes and ended; it did not come to the client',
  ],
  [
    'idle-cut',
    dialogue(echoed('a'), { client: { ending: 60_010, left: 60_011 }, origin: { ending: RST(60_010) } }),
    'After 60 s of silence the client saw FIN, and neither end had ended it',
  ],
  // A balancer that forgets a silent connection tells nobody; the next message is answered by a reset.
  [
    'idle-cut',
    dialogue([...echoed('a'), lost(text('client', 'b', { at: 350_000 }))], { client: { ending: RST(350_001) } }),
    'After 350 s of silence the client saw RST, and neither end had ended it',
  ],
  [
    'busy-cut',
    dialogue(
      Array.from({ length: 30 }, (_, i) => text(i % 2 ? 'origin' : 'client', 'tick', { at: 1000 * (i + 1) })),
      { client: { ending: 30_100 } },
    ),
    'After 30 s in all the client saw FIN, and neither end had ended it',
  ],
  ['cut-behind-101', dialogue([lost(text('client'))], { client: { ending: 3 }, origin: { ending: 3 } })],
  ['cut-behind-101', dialogue([], { client: { ending: 3 } })],
  [
    'connection-cut-on-data',
    dialogue([...echoed('a'), lost(binary('client', 'b'))], { client: { ending: RST(9) } }),
    'The client sent a message of 1 bytes, which did not come to the origin',
  ],
]);

blamesNobody([
  [
    'a message that is on its way is no broken frame',
    dialogue([lost(binary('client', Buffer.alloc(70_000)))], { origin: { pending: 60_000 } }),
    'messages-withheld',
  ],
  ['nothing is lost that has come', dialogue([...echoed('a'), ping('client', 'p'), pong('origin', 'p')])],
  ['a long burst in order is a burst in order', dialogue(numbered(3000))],
  ['the same message twice is two messages', dialogue([...echoed('same'), ...echoed('same')])],
  [
    'fragments may be joined (RFC 6455 §5.4)',
    dialogue([
      lost({ from: 'client', frame: { ...text('client', 'he').frame, fin: false } }),
      as(
        { from: 'client', frame: { ...text('client', 'llo').frame, opcode: Opcode.continuation } },
        {
          opcode: Opcode.text,
          payload: Buffer.from('hello'),
        },
      ),
    ]),
  ],
  [
    'the origin closed, and everybody was told',
    dialogue([close('origin', 4000), close('client', 4000)], { origin: { left: 8 }, client: { ending: 9, left: 10 } }),
  ],
  ['the client closed', dialogue([close('client', 1000), close('origin', 1000)], { client: { ending: 9 } })],
  [
    'an origin that crashes is not the proxy',
    dialogue(echoed('a'), { origin: { left: RST(8) }, client: { ending: 9 } }),
  ],
  [
    'a client that leaves is not the proxy',
    dialogue(echoed('a'), { client: { left: 8 }, origin: { ending: 9, left: 9.5 } }),
  ],
  [
    'illegal frames that are passed on as they were sent',
    dialogue([{ from: 'client', frame: { ...text('client').frame, rsv: 2 } }]),
  ],
  [
    'a silence that is not the longest one',
    dialogue([text('client', 'a', { at: 5000 })], { client: { ending: 8000 } }),
    'busy-cut',
  ],
]);
