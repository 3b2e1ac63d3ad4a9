import type { Message } from '../../wire/message.ts';
import type { Conversation } from '../conversation.ts';
import { expect } from '../expect.ts';
import { MESSAGE } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

/** Messages in each direction, of 64 KiB: more than the kernels between the two ends keep. */
const COUNT = 64;

const numbered = (i: number): Buffer => Buffer.from(`${i} `.padEnd(MESSAGE, '.'));

/** As fast as they are taken. Nobody waits for it: where all stands still, it never ends. */
async function sendAll(socket: Conversation): Promise<void> {
  for (let i = 0; i < COUNT && socket.link.writable; i++) {
    socket.send(numbered(i));
    await socket.link.drained();
  }
}

/** How many of these came in their order, up to the first that did not. */
function inOrder(messages: readonly Message[]): number {
  const stray = messages.findIndex(({ data }, i) => data.length !== MESSAGE || Number.parseInt(`${data}`, 10) !== i);
  return stray < 0 ? messages.length : stray;
}

// RFC 6455 §1.2: "Once the client and server have both sent their handshakes, and if the handshake was successful, then
// the data transfer part starts. This is a two-way communication channel where each side can, independently from the
// other, send data at will."
export default defineProbe({
  id: 'messages/full-duplex',
  title: 'Both ends can send at full speed at the same time',
  failure: 'When both ends send at full speed at the same time, messages do not get through',
  level: 'must',
  spec: ['rfc6455#section-1.2', 'rfc6455#section-5.1'],
  needs: ['messages/sizes'],
  timeout: 60_000,
  async run({ dial }) {
    const socket = await dial({ scene: { play: 'push', count: COUNT, size: MESSAGE } });
    void sendAll(socket);
    // The origin’s own are text, and the echoes are binary.
    const came = await socket.messages(2 * COUNT);
    const [pushed, echoed] = ['text', 'binary'].map((type) => inOrder(came.filter((one) => one.type === type)));
    expect([pushed, echoed]).toBe(
      [COUNT, COUNT],
      'how many messages came in order, of the origin’s own and of the echoes',
    );
  },
  why: 'Games, uploads with progress and shared documents stand still as soon as there is really something to do.',
});
