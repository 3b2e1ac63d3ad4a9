import { blamesNobody, finds } from './finding.ts';
import { dialogue, ping, pong, type Step, text } from './hand-made-dialogue.ts';

/** The same thing every 200 ms, until the proxy cuts the connection. */
const beats = (...each: readonly Step[]): Step[] =>
  [200, 400, 600].flatMap((at) => each.map((step, i) => ({ ...step, at: at + i })));
const CUT = { client: { ending: 800 }, origin: { ending: 800 } };

finds('one-way', [
  ['client-only-cut', dialogue(beats(text('client')), CUT)],
  ['origin-only-cut', dialogue(beats(text('origin')), CUT)],
  ['pings-only-cut', dialogue(beats(ping('client'), pong('origin')), CUT)],
  ['pings-only-cut', dialogue(beats(ping('origin'), pong('client')), CUT)],
  ['pongs-only-cut', dialogue(beats(pong('client')), CUT)],
  ['pongs-only-cut', dialogue(beats(pong('origin')), CUT)],
]);

blamesNobody([
  ['both sides sent', dialogue(beats(text('client'), text('origin')), CUT), 'busy-cut'],
  ['there was silence', dialogue([{ ...text('client'), at: 10 }], CUT), 'idle-cut'],
  [
    'the client left by itself',
    dialogue(beats(text('client')), { client: { left: 700, ending: 701 }, origin: { ending: 701 } }),
  ],
]);
