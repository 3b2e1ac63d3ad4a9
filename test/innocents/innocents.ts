import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import type { Field, RequestHead } from '../../src/wire/head.ts';
import { balancer } from '../mutants/balancer.ts';
import { withField, withFields, without, withStart } from '../mutants/mutant.ts';
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

/** Takes away what belongs to the client's connection (RFC 9110 §7.6.1), but for the upgrade, which it passes on. */
function perHop(head: RequestHead): RequestHead {
  const named = head.list('connection').map((option) => option.toLowerCase());
  return without(head, 'keep-alive', 'proxy-connection', 'te', ...named.filter((option) => option !== 'upgrade'));
}

/** Who writes a head anew is no tunnel any more, and does as the RFC asks. */
const gateway = (name: string, rewrite: (head: RequestHead) => RequestHead, rest: Meddling = {}): ModuleProxy =>
  relay(name, { ...rest, request: (head) => rewrite(perHop(head)) });

/** What an oddity is told of by a probe that only measures: it is legal, and it is there. */
export const TOLD: ReadonlyMap<string, readonly string[]> = new Map([['lower-cases-names', ['headers/name-case']]]);

/** It does nothing of its own, and even what moves much has to get through it. */
export const transparent = relay('transparent');

/** Odd in what becomes of the heads that they pass on, and in nothing else. */
export const gateways = [
  gateway(
    'lower-cases-names',
    (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
    {
      response: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
    },
  ),
  gateway(
    'adds-forwarding-fields',
    (head) =>
      withFields(without(head, 'x-forwarded-proto', 'x-forwarded-host'), (fields) => [
        ...fields,
        ['X-Forwarded-For', '127.0.0.1'],
        ['X-Forwarded-Proto', 'http'],
        ['X-Forwarded-Host', head.get('host') ?? ''],
        ['Via', '1.1 innocent'],
      ]),
    { response: (head) => withFields(head, (fields) => [...fields, ['Via', '1.1 innocent']]) },
  ),
  gateway('puts-a-prefix-in-front', (head) => withStart(head, head.start.replace(' /', ' /app/'))),
  gateway('names-the-host-in-forwarded', (head) =>
    withField(withField(head, 'Forwarded', `for=127.0.0.1;host="${head.get('host')}"`), 'Host', 'origin:9000'),
  ),
  gateway('drops-the-port-from-host', (head) => withField(head, 'Host', head.get('host')!.replace(/:\d+$/, ''))),
  gateway('cuts-lists-into-lines', (head) => withFields(head, (fields) => fields.flatMap(inLines))),
  gateway(
    'has-its-own-connection-options',
    (head) => (head.lists('connection', 'upgrade') ? withField(head, 'Connection', 'close, upgrade') : head),
    { response: (head) => (head.status === 101 ? withField(head, 'Connection', 'keep-alive, Upgrade') : head) },
  ),
  relay('sets-a-cookie-of-its-own', {
    response: (head) =>
      withFields(head, (fields) => [
        ['Set-Cookie', 'balancer=node-3; Path=/; HttpOnly'],
        ['Server', 'innocent'],
        ...fields,
      ]),
  }),
];

/** Proxies that behave, if oddly: every probe that an oddity could matter to must be green on it. */
export const innocents = [transparent, relay('writes-byte-by-byte', { up: byteByByte, down: byteByByte }), ...gateways];

/** A proxy over two origins that behaves: every probe that requires two must be green on it. */
export const balancers = [balancer('takes-each-in-turn')];
