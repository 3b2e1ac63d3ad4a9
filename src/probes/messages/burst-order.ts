import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const COUNT = 3000;
const numbered = (i: number): string => `${i} `.padEnd(64, '.');

// RFC 6455 §1.5: "Conceptually, WebSocket is really just a layer on top of TCP", which delivers in order and loses
// nothing; the protocol has no number by which an end could put messages in order or notice that one is missing.
export default defineProbe({
  id: 'messages/burst-order',
  title: 'Thousands of messages at once all arrive, in their order',
  failure: 'Of thousands of messages at once, some are lost or out of order',
  level: 'must',
  spec: ['rfc6455#section-1.5', 'rfc6455#section-5.4'],
  needs: ['handshake/upgrade'],
  timeout: 60_000,
  async run({ dial }) {
    const socket = await dial();
    for (let i = 0; i < COUNT; i++) socket.send(numbered(i));
    const echoes = await socket.messages(COUNT);
    for (const [i, { data }] of echoes.entries()) expect(data.toString()).toBe(numbered(i), `message ${i} of ${COUNT}`);
    expect(echoes.length).toBe(COUNT, 'how many messages came back');
  },
  why: 'A chat shows answers before questions, and a document that several people edit falls apart.',
});
