import { Opcode } from '../wire/frame.ts';
import type { Message } from '../wire/message.ts';
import type { Peer } from '../wire/peer.ts';
import { LIMITS } from './limits.ts';
import type { Scene } from './scene.ts';

/** Bytes that the head of a frame may have (RFC 6455 §5.2). */
const FRAME_HEAD = 14;

const opcodeOf = ({ type }: Message): number => (type === 'text' ? Opcode.text : Opcode.binary);

/** Into how many frames the scene wants messages cut. */
const frames = ({ fragments = 1 }: Scene): number => Math.min(fragments, LIMITS.fragments);

/** Sends messages back as they came, compressed when they came compressed. Whoever does not read them has to wait. */
export const echo = (scene: Scene) => (message: Message, peer: Peer) => {
  const options = { fragments: frames(scene) };
  if (message.compressed) peer.sendCompressed(opcodeOf(message), message.data, options);
  else peer.sendMessage(opcodeOf(message), message.data, options);
  void peer.link.throttle();
};

/** Sends messages back in pieces: each frame leaves in writes of `size` bytes, or in one when the scene has no size. */
export const drip = (scene: Scene) => async (message: Message, peer: Peer) => {
  const { data } = message;
  const count = frames(scene);
  const step = Math.max(1, Math.ceil(data.length / count));
  for (let i = 0; i < count; i++) {
    const payload = data.subarray(i * step, i === count - 1 ? undefined : (i + 1) * step);
    const opcode = i > 0 ? Opcode.continuation : opcodeOf(message);
    const size = Math.max(1, scene.size ?? payload.length + FRAME_HEAD);
    await peer.dripFrame({ opcode, fin: i === count - 1, payload }, size);
  }
};
