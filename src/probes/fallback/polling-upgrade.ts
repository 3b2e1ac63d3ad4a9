import { expect } from '../expect.ts';
import { PollingClient } from '../polling.ts';
import { defineProbe } from '../probe.ts';

// RFC 6202 §2.1 describes the polling; RFC 9111 §5.2.2.5 of its answers: "The no-store response directive indicates that
// a cache MUST NOT store any part of either the immediate request or the response".
export default defineProbe({
  id: 'fallback/polling-upgrade',
  title: 'A client that begins by polling goes on by WebSocket within the same session',
  failure: 'A client that begins by polling cannot go on by WebSocket within the same session',
  level: 'must',
  spec: ['rfc6202#section-2.1', 'rfc9111#section-5.2.2.5'],
  needs: ['handshake/upgrade'],
  async run(context) {
    const client = await PollingClient.begin(context);
    await client.post('by polling');
    expect(await client.poll()).toBe('by polling', 'the message that waited for the poll');
    await client.post('by WebSocket');
    const socket = await client.upgrade();
    await socket.message('the message that waited for the WebSocket');
  },
  why: 'Socket.IO and its kin begin like this: the page loads, and then it polls for ever or starts anew again and again.',
});
