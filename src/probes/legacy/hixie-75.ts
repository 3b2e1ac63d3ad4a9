import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { HixieClient } from '../hixie-client.ts';
import { defineProbe } from '../probe.ts';

const OPENING: readonly Field[] = [
  ['Upgrade', 'WebSocket'],
  ['Connection', 'Upgrade'],
];
const CLAIMS: readonly Field[] = [
  ['Origin', 'http://example.com'],
  ['WebSocket-Protocol', 'sample'],
];
/** What the answer has to begin with, to the byte. */
const PRESCRIBED = 'HTTP/1.1 101 Web Socket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n';

// draft-hixie-thewebsocketprotocol-75 §4.1: no key, no version; and the client compares the beginning of the answer byte
// for byte, in a time when every proxy took it for HTTP and wrote it anew.
export default defineProbe({
  id: 'legacy/hixie-75',
  title: 'A WebSocket of draft 75 (2009) gets through',
  failure: 'A WebSocket of draft 75 (2009) does not get through',
  level: 'info',
  spec: ['https://datatracker.ietf.org/doc/html/draft-hixie-thewebsocketprotocol-75#section-4.1'],
  transports: ['ws', 'wss'],
  tag: 'legacy',
  async run({ open, measure }) {
    const answer = await open({
      plain: true,
      rewrite: (fields) => [...OPENING, ...fields, ...CLAIMS],
      scene: { play: 'hixie-75' },
    });
    const { response } = answer;
    expect(response.status).about('status').toBe(101, 'the status at the client');
    const bytes = response.toBytes().toString('latin1');
    const same = [...PRESCRIBED].findIndex((byte, i) => byte !== bytes[i]);
    measure('prescribedBytes', same < 0 ? PRESCRIBED.length : same, 'bytes');
    await new HixieClient(answer).echo('hello');
  },
  why: 'The first browsers with WebSockets (Chrome 4, Safari 5) spoke this; some devices still do.',
});
