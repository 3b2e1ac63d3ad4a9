import { encodeFrame, Opcode } from '../wire/frame.ts';
import { Expectation, shown } from './expect.ts';
import type { Context, DialOptions } from './probe.ts';

/** A client masks (RFC 6455 §5.3); with what is of no account here. */
const MASK = Buffer.from([1, 2, 3, 4]);

/**
 * Sends a message before there is an answer to the handshake, and a second one behind the answer. The first echo says
 * what became of the early one: no time has to pass.
 *
 * @throws Expectation when another message came back first
 */
export async function sendEarly({ dial, measure }: Context, payload: Buffer, options: DialOptions = {}): Promise<void> {
  const earlyFrame = { opcode: Opcode.binary, payload, mask: MASK };
  measure('earlyBytesArrived', 0, 'bytes');
  const socket = await dial({ ...options, earlyFrame });
  socket.send('behind the 101');
  const { data } = await socket.message('the echo of the message that was sent early');
  if (!data.equals(payload)) {
    throw new Expectation('the early message to come back first', `it is ${shown(data.toString())}`);
  }
  measure('earlyBytesArrived', encodeFrame(earlyFrame).length, 'bytes');
}
