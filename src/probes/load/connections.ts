import type { Conversation } from '../conversation.ts';
import { defineProbe } from '../probe.ts';

// RFC 9112 §9.4: "A client ought to limit the number of simultaneous open connections that it maintains to a given
// server." These are many clients: each holds one, for as long as somebody looks at the page.
export default defineProbe({
  id: 'load/connections',
  title: 'The proxy holds as many connections at a time as the run asks for, and all of them work',
  failure: 'The proxy does not hold as many connections at a time as the run asks for',
  level: 'should',
  spec: ['rfc9112#section-9.4'],
  needs: ['handshake/upgrade'],
  tag: 'load',
  exclusive: true,
  timeout: 60_000,
  async run({ dial, crowd, measure }) {
    const held: Conversation[] = [];
    try {
      while (held.length < crowd) {
        const socket = await dial();
        await socket.echo(`connection ${held.length + 1} of ${crowd}`);
        held.push(socket);
      }
    } finally {
      measure('held', held.length, 'connections', 50);
    }
    await Promise.all(held.map((socket) => socket.echo('all at once')));
  },
  why: 'An open WebSocket takes its place for hours: limits that are ample for requests keep new users out.',
});
