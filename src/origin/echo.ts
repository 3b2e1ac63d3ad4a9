import { framesOf, Opcode } from '../wire/frame.ts';
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
  for (const frame of framesOf(opcodeOf(message), message.data, frames(scene))) {
    await peer.dripFrame(frame, Math.max(1, scene.size ?? frame.payload.length + FRAME_HEAD));
  }
};
