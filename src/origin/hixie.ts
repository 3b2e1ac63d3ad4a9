import { type Field, ResponseHead } from '../wire/head.ts';
import { encodeText, FAREWELL, HixieReader, KEY_BYTES, PROOF_BYTES, proofOf } from '../wire/hixie.ts';
import type { Visit } from './visit.ts';

/** The head of an answer; -75 §4.1 wants its first three lines to be these very bytes, and -76 another reason. */
function switchHead({ exchange: { head, transport }, stamp }: Visit, reason: string, prefix: string): ResponseHead {
  const field = (name: string, value: string | undefined): Field[] =>
    value === undefined ? [] : [[`${prefix}${name}`, value]];
  return new ResponseHead(`HTTP/1.1 101 ${reason}`, [
    ['Upgrade', 'WebSocket'],
    ['Connection', 'Upgrade'],
    ...field('WebSocket-Origin', head.get('origin')),
    ...field('WebSocket-Location', `${transport}://${head.get('host')}${head.target}`),
    ...field('WebSocket-Protocol', head.get(`${prefix}websocket-protocol`)),
    stamp,
  ]);
}

/** What both drafts do behind the head: send each message back, and say farewell when the client does. */
function converse({ exchange, under: { link } }: Visit): (bytes: Buffer) => void {
  const reader = new HixieReader();
  return (bytes) => {
    for (const message of reader.push(bytes)) {
      if (message === undefined) {
        link.write(FAREWELL);
        link.finish();
      } else {
        exchange.messages++;
        link.write(encodeText(message));
      }
    }
  };
}

/** Takes over the bytes behind the head, those that are there as well. */
function listen(visit: Visit, onData: (bytes: Buffer) => void): void {
  const { exchange, under } = visit;
  const take = (bytes: Buffer): void => {
    exchange.bytesIn += bytes.length;
    onData(bytes);
    visit.changed();
  };
  const { rest } = under;
  under.link.redirect({ onData: take, onEnd: () => visit.ended() });
  if (rest.length > 0) take(rest);
}

/** The handshake and the frames of draft 75. */
export async function playHixie75(visit: Visit): Promise<void> {
  await visit.switchTo(switchHead(visit, 'Web Socket Protocol Handshake', ''), Buffer.alloc(0));
  listen(visit, converse(visit));
}

/**
 * The handshake of draft 76: the proof needs the eight bytes behind the client's head. When they do not come within
 * `delay` it answers without a proof, so that a proxy that holds them back is told from one that throws them away.
 */
export async function playHixie76(visit: Visit): Promise<void> {
  const { exchange, scene } = visit;
  const said = converse(visit);
  let key: Buffer = Buffer.alloc(0);
  let whole: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    whole = resolve;
  });
  listen(visit, (bytes) => {
    const missing = KEY_BYTES - key.length;
    key = Buffer.concat([key, bytes.subarray(0, missing)]);
    if (key.length === KEY_BYTES) whole();
    if (bytes.length > missing) said(bytes.subarray(missing));
  });
  await Promise.race([waiting, visit.pause(visit.ms(scene.delay, 1000))]);
  exchange.bytesBeforeReply = key.length;
  const [key1, key2] = ['sec-websocket-key1', 'sec-websocket-key2'].map((name) => exchange.head.get(name) ?? '');
  const proof = key.length === KEY_BYTES ? proofOf(key1!, key2!, key) : Buffer.alloc(0);
  await visit.switchTo(switchHead(visit, 'WebSocket Protocol Handshake', 'Sec-'), proof ?? Buffer.alloc(PROOF_BYTES));
}
