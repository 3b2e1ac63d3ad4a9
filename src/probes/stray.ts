import { NoAnswer } from '../wire/no-answer.ts';
import { Unexpected } from '../wire/unexpected.ts';
import { expect } from './expect.ts';
import type { AskOptions, Context } from './probe.ts';

/** The frame of a WebSocket, unlike any request, with the end of a head in it. */
const STRAY = Buffer.from('\x81\x8b\x00\x00\x00\x00no request\r\n\r\n', 'latin1');

/** ms in which whoever does something about it has done so. */
const MOMENT = 500;

type Means = Pick<Context, 'open' | 'arrivals'>;

/** Sends bytes that are no request behind the answer to this one. @returns how many came to the origin as they were */
async function straysBehind({ open, arrivals }: Means, request: AskOptions): Promise<number> {
  const answer = await open(request).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
  });
  if (!answer) return 0;
  if (answer.response.status !== 101) {
    const whole = await answer.rest('the body of the answer').then(
      () => true,
      (error: unknown) => {
        if (error instanceof Unexpected && error.kind === 'ended') return false;
        throw error;
      },
    );
    // Behind a connection that has ended there is nothing.
    if (!whole) return 0;
  }
  answer.write(STRAY);
  await answer.stirs(MOMENT);
  // The proxy may have answered by itself.
  const [seen] = await arrivals(answer);
  return seen?.stray ?? 0;
}

/**
 * Sends bytes that are no request behind an answer that opens no tunnel, and expects that they do not come to the origin: a
 * gateway refuses them, or ends the connection. A request without an answer opens none either. Where they pass behind a
 * plain page as well there is no gateway that knows HTTP, and so none that could be passed by.
 */
export async function strayPast(means: Means, request: AskOptions): Promise<void> {
  if ((await straysBehind(means, { plain: true })) > 0) return;
  const strays = await straysBehind(means, request);
  expect(strays).about('stray').toBe(0, 'bytes behind the answer that came to the origin as they were');
}
