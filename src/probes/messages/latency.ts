import { now } from '../../wire/clock.ts';
import { Opcode } from '../../wire/frame.ts';
import type { Conversation } from '../conversation.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** Enough that the kernels are past the first packets of a connection, which they acknowledge at once. */
const ROUNDS = 16;

/** ms that are no step: acknowledgements are delayed by 40 (RFC 9293 §3.8.6.3 allows 500), and timers that flush by more. */
const STEP = 30;

/** ms that most rounds take at least, of those that are not the first: what is slower now and then is the machine. */
const usual = (times: readonly number[]): number =>
  times.slice(ROUNDS / 2).sort((a, b) => a - b)[ROUNDS / 8] ?? Number.POSITIVE_INFINITY;

type Round = () => Promise<unknown>;

/** Takes turns, so that what slows the machine down slows all of them down alike. @returns what each usually takes */
async function inTurns<Name extends string>(rounds: Readonly<Record<Name, Round>>): Promise<Record<Name, number>> {
  const entries = Object.entries<Round>(rounds).map(([name, round]) => ({ name, round, times: [] as number[] }));
  for (let i = 0; i < ROUNDS; i++) {
    for (const { round, times } of entries) {
      const began = now();
      await round();
      times.push(now() - began);
    }
  }
  return Object.fromEntries(entries.map(({ name, times }) => [name, usual(times)])) as Record<Name, number>;
}

const inOne =
  (socket: Conversation): Round =>
  () =>
    socket.echo('ping');

/** A message in two frames that leave one after the other, and an echo that does so as well. */
const inTwo =
  (socket: Conversation): Round =>
  async () => {
    socket.sendFrame({ opcode: Opcode.text, fin: false, payload: Buffer.from('pi') });
    await new Promise(setImmediate);
    socket.sendFrame({ opcode: Opcode.continuation, payload: Buffer.from('ng') });
    await socket.message('the echo of a message in two frames');
  };

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
    const scene = { play: 'drip', fragments: 2 };
    const dripping = await dial({ scene });
    const handshake = Math.min(...[socket, dripping].map(({ switchedAt, request }) => switchedAt - request.at));
    const took = await inTurns({
      roundTrip: inOne(socket),
      roundTripDirect: inOne(await dialDirect()),
      roundTripInTwo: inTwo(dripping),
      roundTripInTwoDirect: inTwo(await dialDirect({ scene })),
    });
    for (const [name, ms] of Object.entries(took)) measure(name, ms, 'ms');
    const { roundTrip, roundTripDirect, roundTripInTwo, roundTripInTwoDirect } = took;

    const later = Math.round(roundTrip - roundTripDirect - handshake);
    expect(later).about('latency').toBeAtMost(STEP, 'ms by which an echo takes longer than the handshake');
    const longer = Math.round(roundTripInTwo - roundTrip - (roundTripInTwoDirect - roundTripDirect));
    const what = 'ms by which a message in two writes takes longer than one in one';
    expect(longer).about('latency').toBeAtMost(STEP, what);
  },
  why: 'Each keystroke and each move of a game takes a twentieth of a second longer, and the proxy has nothing to do.',
});
