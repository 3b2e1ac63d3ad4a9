import type { Field } from '../../wire/head.ts';
import { PROOF_BYTES } from '../../wire/hixie.ts';
import { expect } from '../expect.ts';
import { HixieClient } from '../hixie-client.ts';
import { defineProbe } from '../probe.ts';

/** The example of the draft itself (§1.2), down to the two spaces in a row. */
const FIELDS: readonly Field[] = [
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Key2', '12998 5 Y3 1  .P00'],
  ['Sec-WebSocket-Protocol', 'sample'],
  ['Upgrade', 'WebSocket'],
  ['Sec-WebSocket-Key1', '4 @1  46546xW%0l 1 5'],
  ['Origin', 'http://example.com'],
];
const KEY = '^n:ds[4U';
const PROOF = "8jKS'y:G*Co,Wxa-";

// draft-hixie-thewebsocketprotocol-76 §4.1: eight bytes stand behind the client's head, and no field announces them; §5.2:
// the server proves by sixteen bytes behind its own head that it has read them. To a proxy that reads HTTP they are the
// next request, which it keeps until the first one is answered: so each waits for the other.
export default defineProbe({
  id: 'legacy/hixie-76',
  title: 'A WebSocket of draft 76 (2010) gets through, with the bytes behind both heads',
  failure: 'A WebSocket of draft 76 (2010) does not get through',
  level: 'info',
  spec: [
    'https://datatracker.ietf.org/doc/html/draft-hixie-thewebsocketprotocol-76#section-4.1',
    'https://datatracker.ietf.org/doc/html/draft-hixie-thewebsocketprotocol-76#section-5.2',
  ],
  transports: ['ws', 'wss'],
  tag: 'legacy',
  async run({ open, journal, measure, patience }) {
    const answer = await open({
      plain: true,
      rewrite: (fields) => [...fields, ...FIELDS],
      early: Buffer.from(KEY),
      scene: { play: 'hixie-76', delay: Math.round(patience / 3) },
    });
    expect(answer.response.status).about('status').toBe(101, 'the status at the client');
    const { bytesBeforeReply = 0 } = await journal(answer);
    measure('keyBytesBeforeAnswer', bytesBeforeReply, 'bytes');
    const client = new HixieClient(answer);
    const proof = await client.read(PROOF_BYTES, 'the 16 bytes behind the 101');
    expect(proof.toString('latin1')).toBe(PROOF, 'the 16 bytes behind the 101');
    await client.echo('hello');
    await client.bye();
  },
  why: 'The browsers of 2010 hung for minutes behind such a proxy: it is why RFC 6455 puts its key into a field.',
});
