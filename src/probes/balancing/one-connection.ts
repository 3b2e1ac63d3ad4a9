import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const MESSAGES = 20;

// RFC 6455 §1.2: "Once the client and server have both sent their handshakes, and if the handshake was successful, then
// the data transfer part starts. This is a two-way communication channel" between these two and nobody else.
export default defineProbe({
  id: 'balancing/one-connection',
  title: 'All messages of one connection go to one origin',
  failure: 'The messages of one connection go to more than one origin',
  level: 'must',
  spec: ['rfc6455#section-1.2'],
  needs: ['handshake/upgrade'],
  requires: ['two-origins'],
  tag: 'full',
  async run({ dial, arrivals }) {
    const socket = await dial();
    for (let i = 0; i < MESSAGES; i++) await socket.echo(`message ${i}`);
    const { length } = await arrivals(socket);
    expect(length).about('origins').toBe(1, 'handshakes at the origins for one at the client');
  },
  why: 'A server that gets every second message of a conversation understands none of it.',
});
