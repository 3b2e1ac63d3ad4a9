import type { FrameInit } from '../wire/frame.ts';
import { closeIn } from '../wire/record.ts';
import { expect } from './expect.ts';
import type { Context } from './probe.ts';

/** The parts of a {@link Context} that a violation needs. */
type Means = Pick<Context, 'dial' | 'journal' | 'measure' | 'patience'>;

/**
 * Sends a frame that breaks a rule of RFC 6455, and expects it to come to the origin as it is, which is for a tunnel to
 * do. A proxy that reads frames may close the connection instead; with which code is reported.
 *
 * @param rule as the origin words it
 */
export async function breakRule(
  { dial, journal, measure, patience }: Means,
  frame: FrameInit,
  rule: string,
): Promise<void> {
  const socket = await dial();
  await socket.echo('before the rule is broken');
  socket.sendFrame(frame);
  const seen = await journal(
    socket,
    ({ violation, ending }) => violation !== undefined || ending !== undefined,
    'a frame that breaks a rule, or the end of the connection',
  );
  measure('tunneled', seen.violation === undefined ? 0 : 1, 'count');
  if (seen.violation === undefined) {
    await socket.endWithin(patience);
    measure('closedWith', closeIn(socket.frames, 'received')?.code ?? 1006, 'count');
  }
  expect(seen.violation).toBe(rule, 'the rule that is broken at the origin');
}
