import { now } from '../../wire/clock.ts';
import { Opcode } from '../../wire/frame.ts';
import type { Conversation } from '../conversation.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Enough that the kernels are past the first packets of a connection, which they acknowledge at once. */
const ROUNDS = 24;

/** ms that are no step: acknowledgements are delayed by 40 (RFC 9293 §3.8.6.3 allows 500), and timers that flush by more. */
const STEP = 30;

/** ms that most rounds take at least, of those that are not the first: what is slower now and then is the machine. */
async function usual(round: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const began = now();
    await round();
    times.push(now() - began);
  }
  return times.slice(ROUNDS / 2).sort((a, b) => a - b)[ROUNDS / 8]!;
}

const inOne = (socket: Conversation) => usual(() => socket.echo('ping'));

/** A message in two frames that leave one after the other, and an echo that does so as well. */
const inTwo = (socket: Conversation) =>
  usual(async () => {
    socket.sendFrame({ opcode: Opcode.text, fin: false, payload: Buffer.from('pi') });
    await new Promise(setImmediate);
    socket.sendFrame({ opcode: Opcode.continuation, payload: Buffer.from('ng') });
    await socket.message('the echo of a message in two frames');
  });

// RFC 9293 §3.7.4: the Nagle algorithm delays a small segment until the one before it is acknowledged, so "there MUST be
// a way for an application to disable the Nagle algorithm on an individual connection". Whether a proxy uses it is its own
// choice. A line may be long: what is compared with is the handshake, which took the same way.
export default defineProbe({
  id: 'messages/latency',
  title: 'Small messages pass without a wait',
  failure: 'Small messages wait in the proxy',
  level: 'info',
  spec: ['rfc9293#section-3.7.4'],
  needs: ['messages/fragments'],
  exclusive: true,
  timeout: 60_000,
  async run({ dial, dialDirect, measure }) {
    const socket = await dial();
    const handshake = socket.switchedAt - socket.request.at;
    const roundTrip = await inOne(socket);
    measure('roundTrip', roundTrip, 'ms');
    measure('roundTripDirect', await inOne(await dialDirect()), 'ms');
    const later = Math.round(roundTrip - handshake);
    expect(later).about('latency').toBeAtMost(STEP, 'ms by which an echo takes longer than the handshake');

    const scene = { play: 'drip', fragments: 2 };
    const roundTripInTwo = await inTwo(await dial({ scene }));
    measure('roundTripInTwo', roundTripInTwo, 'ms');
    measure('roundTripInTwoDirect', await inTwo(await dialDirect({ scene })), 'ms');
    const longer = Math.round(roundTripInTwo - roundTrip);
    expect(longer)
      .about('latency')
      .toBeAtMost(STEP, 'ms by which a message in two writes takes longer than one in one');
  },
  why: 'Each keystroke and each move of a game takes a twentieth of a second longer, and the proxy has nothing to do.',
});
