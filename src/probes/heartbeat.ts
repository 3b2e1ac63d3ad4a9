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
 * When it is cut meanwhile, the report says after how many seconds.
 *
 * @throws Unexpected of kind `ended`
 */
export async function keepUp(context: Context, socket: Conversation, beat: () => void = () => {}): Promise<void> {
  const began = now();
  for (let beats = 1; beats <= BEATS; beats++) {
    beat();
    const closing = await socket.endBy(began + beats * pace(context));
    if (!closing) continue;
    context.measure('cutAfter', (closing.ending.at - socket.switchedAt) / 1000, 's', 0.5);
    const actual = describeEnding(closing.ending, closing.frame ? closing : undefined);
    throw new Unexpected('the connection to stay open', actual, 'ended');
  }
}
