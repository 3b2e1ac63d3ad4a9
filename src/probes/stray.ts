import { expect } from './expect.ts';
import type { AskOptions, Context } from './probe.ts';

/** The frame of a WebSocket, unlike any request, with the end of a head in it. */
const STRAY = Buffer.from('\x81\x8b\x00\x00\x00\x00no request\r\n\r\n', 'latin1');

/** ms in which whoever does something about it has done so. */
const MOMENT = 500;

/**
 * Has a handshake refused, sends bytes behind it that are no request, and expects that they do not come to the origin: a
 * gateway refuses them, or ends the connection.
 */
export async function strayPast(
  { open, journal }: Pick<Context, 'open' | 'journal'>,
  handshake: AskOptions,
): Promise<void> {
  const refused = await open(handshake);
  await refused.rest('the body of the refusal');
  refused.write(STRAY);
  await refused.stirs(MOMENT);
  const { stray = 0 } = await journal(refused);
  expect(stray).about('stray').toBe(0, 'bytes behind the refusal that came to the origin as they were');
}
