import { FORWARDING, falseClaims } from '../wire/forwarded.ts';
import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import type { Symptom } from './symptom.ts';

/** RFC 9110 §7.6.1; what becomes of Upgrade has symptoms of its own. */
const PER_HOP = ['keep-alive', 'proxy-connection', 'te'];

/** Fields of the request that have one of these names, and arrived at the origin as the client sent them. */
function passedOn({ sent, originSaw }: Evidence, names: readonly string[]): string[] {
  return sent.fields
    .filter(([name]) => names.includes(name.toLowerCase()) && name.toLowerCase() !== 'upgrade')
    .filter(([name, value]) => originSaw?.head.get(name) === value)
    .map(([name]) => name);
}

/** Those that Connection names. */
const named = (evidence: Evidence): string[] =>
  passedOn(
    evidence,
    evidence.sent.list('connection').map((option) => option.toLowerCase()),
  );

/** Those that belong to a connection whether or not it does. */
const known = (evidence: Evidence): string[] => passedOn(evidence, PER_HOP);

const wrong = ({ sent, originSaw, transport }: Evidence) =>
  originSaw ? falseClaims(sent, originSaw.head, transport) : [];

const FORGED = 'The proxy leaves forwarding fields as the client wrote them, and writes them when it did not';

/** What one hop tells the next: about its connection, and about whom it speaks for. */
export const hops: readonly Symptom[] = [
  {
    id: 'connection-options-ignored',
    title: 'The proxy passes fields on that Connection names',
    advice:
      'Have it remove what Connection names (RFC 9110 §7.6.1); where it cannot, remove what must not pass by name.',
    shows: (evidence) => concerns(evidence, 'connection') && named(evidence).length > 0,
    detail: (evidence) => `The proxy passes ${named(evidence).join(', ')} on, although Connection names it`,
  },
  {
    id: 'hop-by-hop-forwarded',
    title: 'The proxy passes fields on that belong to the client’s connection',
    advice: 'Have it remove Keep-Alive, Proxy-Connection and TE, or replace them by its own (RFC 9110 §7.6.1).',
    shows: (evidence) => concerns(evidence, 'connection') && known(evidence).length > 0,
    detail: (evidence) => `The proxy passes on of the client’s connection: ${known(evidence).join(', ')}`,
  },
  {
    id: 'forwarding-field-trusted',
    title: FORGED,
    advice:
      'Overwrite them at the outermost proxy, or append to them; leave them as they are only behind another proxy.',
    shows: (evidence) => concerns(evidence, 'forwarded') && FORWARDING.some((name) => evidence.sent.has(name)),
    detail: ({ failure }) => `${FORGED}: ${failure.actual.replace(/^it is /, '')}`,
  },
  {
    id: 'forwarding-field-wrong',
    title: 'The proxy tells the origin something of the client that is not so',
    advice: 'Set these fields from the connection that the client came by, and not to a fixed value.',
    shows: (evidence) => concerns(evidence, 'forwarded') && wrong(evidence).length > 0,
    detail: (evidence) => {
      const { name, value } = wrong(evidence)[0]!;
      return `The proxy writes “${name}: ${value}”, and that is not so`;
    },
  },
];
