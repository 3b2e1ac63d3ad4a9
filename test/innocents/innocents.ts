import type { Field } from '../../src/wire/head.ts';
import { balancer } from '../mutants/balancer.ts';
import { withField, withFields, withStart } from '../mutants/mutant.ts';
import { type Meddling, relay } from '../mutants/relay.ts';

/** Writes one byte after the other, each in a turn of its own. */
const byteByByte: NonNullable<Meddling['up']> = async (chunk, pass) => {
  // Byte by byte a long message would take its time on a busy machine; the border cases are in its first and last bytes.
  const cuts = chunk.length > 32 ? [0, 1, 2, 3, 4, chunk.length - 1, chunk.length] : [...chunk.keys(), chunk.length];
  for (let i = 1; i < cuts.length; i++) {
    pass(chunk.subarray(cuts[i - 1]!, cuts[i]!));
    await new Promise(setImmediate);
  }
};

/** One field line for each member: the same to whoever reads fields as RFC 9110 §5.3 and RFC 9113 §8.2.3 have them. */
const inLines = ([name, value]: Field): Field[] => {
  const separator = { cookie: '; ', 'sec-websocket-protocol': ', ' }[name.toLowerCase()];
  return separator ? value.split(separator).map((member): Field => [name, member]) : [[name, value]];
};

/** It does nothing of its own, and even what moves much has to get through it. */
export const transparent = relay('transparent');

/** Proxies that behave, if oddly: every probe must be green on each of them. */
export const innocents = [
  transparent,
  relay('writes-byte-by-byte', { up: byteByByte, down: byteByByte }),
  relay('lower-cases-names', {
    request: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
    response: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
  }),
  relay('adds-forwarding-fields', {
    request: (head) =>
      withFields(head, (fields) => [
        ...fields,
        ['X-Forwarded-For', '127.0.0.1'],
        ['X-Forwarded-Proto', 'http'],
        ['X-Forwarded-Host', head.get('host') ?? ''],
        ['Via', '1.1 innocent'],
      ]),
    response: (head) => withFields(head, (fields) => [...fields, ['Via', '1.1 innocent']]),
  }),
  relay('puts-a-prefix-in-front', {
    request: (head) => withStart(head, head.start.replace(' /', ' /app/')),
  }),
  relay('names-the-host-in-forwarded', {
    request: (head) =>
      withField(withField(head, 'Forwarded', `for=127.0.0.1;host="${head.get('host')}"`), 'Host', 'origin:9000'),
  }),
  relay('drops-the-port-from-host', {
    request: (head) => withField(head, 'Host', head.get('host')!.replace(/:\d+$/, '')),
  }),
  relay('cuts-lists-into-lines', {
    request: (head) => withFields(head, (fields) => fields.flatMap(inLines)),
  }),
  relay('has-its-own-connection-options', {
    request: (head) => (head.has('upgrade') ? withField(head, 'Connection', 'close, upgrade') : head),
    response: (head) => (head.status === 101 ? withField(head, 'Connection', 'keep-alive, Upgrade') : head),
  }),
  relay('sets-a-cookie-of-its-own', {
    response: (head) =>
      withFields(head, (fields) => [
        ['Set-Cookie', 'balancer=node-3; Path=/; HttpOnly'],
        ['Server', 'innocent'],
        ...fields,
      ]),
  }),
];

/** A proxy over two origins that behaves: every probe that requires two must be green on it. */
export const balancers = [balancer('takes-each-in-turn')];
