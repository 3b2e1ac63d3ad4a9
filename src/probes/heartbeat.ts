import { setTimeout as delay } from 'node:timers/promises';
import { now } from '../wire/clock.ts';
import { describeEnding } from '../wire/link.ts';
import { Unexpected } from '../wire/unexpected.ts';
import type { Conversation } from './conversation.ts';
import type { Context } from './probe.ts';

/** How often something goes over a connection in the time for which silence is tried. */
export const BEATS = 5;

/** ms between two beats, so that {@link BEATS} of them take as long as the silence that the user wants to be tried. */
export const pace = ({ idle }: Pick<Context, 'idle'>): number => Math.round(idle / BEATS);

/**
 * Lets a connection live for the time for which silence is tried, and does something at the start of each beat.
 * When it is cut meanwhile, the report says after how many seconds. The beats keep to the clock, as the timeouts of
 * proxies do: a deadline would wait longer on a busy machine, and the pause would be one that nobody has asked for.
 *
 * @throws Unexpected of kind `ended`
 */
export async function keepUp(context: Context, socket: Conversation, beat: () => void = () => {}): Promise<void> {
  const began = now();
  for (let beats = 1; beats <= BEATS; beats++) {
    beat();
    const rest = Math.max(0, began + beats * pace(context) - now());
    const cut = await Promise.race([socket.link.ended, delay(rest, undefined, { signal: context.signal })]);
    if (!cut) continue;
    const closing = await socket.closed(context.patience);
    context.measure('cutAfter', (closing.ending.at - socket.switchedAt) / 1000, 's', 0.5);
    const actual = describeEnding(closing.ending, closing.frame ? closing : undefined);
    throw new Unexpected('the connection to stay open', actual, 'ended');
  }
}
