import { NoAnswer } from '../wire/h1.ts';
import { expect } from './expect.ts';
import type { AskOptions, Context } from './probe.ts';

/** The frame of a WebSocket, unlike any request, with the end of a head in it. */
const STRAY = Buffer.from('\x81\x8b\x00\x00\x00\x00no request\r\n\r\n', 'latin1');

/** ms in which whoever does something about it has done so. */
const MOMENT = 500;

/**
 * Sends bytes that are no request behind an answer that opens no tunnel, and expects that they do not come to the origin: a
 * gateway refuses them, or ends the connection. A request without an answer opens none either.
 */
export async function strayPast(
  { open, journal }: Pick<Context, 'open' | 'journal'>,
  request: AskOptions,
): Promise<void> {
  const answer = await open(request).catch((error: unknown) => {
    if (!(error instanceof NoAnswer)) throw error;
  });
  if (!answer) return;
  if (answer.response.status !== 101) await answer.rest('the body of the answer');
  answer.write(STRAY);
  await answer.stirs(MOMENT);
  const { stray = 0 } = await journal(answer);
  expect(stray).about('stray').toBe(0, 'bytes behind the answer that came to the origin as they were');
}
