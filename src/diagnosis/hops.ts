import { FORWARDING, falseClaims } from '../wire/forwarded.ts';
import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import type { Symptom } from './symptom.ts';

/** RFC 9110 §7.6.1; what becomes of Upgrade has symptoms of its own. */
const PER_HOP = ['keep-alive', 'proxy-connection', 'te'];

/** Fields of the client's connection that arrived at the origin as the client sent them. */
function passedOn({ sent, originSaw }: Evidence): string[] {
  const named = sent.list('connection').map((option) => option.toLowerCase());
  return sent.fields
    .filter(([name]) => [...PER_HOP, ...named].includes(name.toLowerCase()) && name.toLowerCase() !== 'upgrade')
    .filter(([name, value]) => originSaw?.head.get(name) === value)
    .map(([name]) => name);
}

const wrong = ({ sent, originSaw, transport }: Evidence) =>
  originSaw ? falseClaims(sent, originSaw.head, transport) : [];

const FORGED = 'The proxy leaves forwarding fields as the client wrote them, and writes them when it did not';

/** What one hop tells the next: about its connection, and about whom it speaks for. */
export const hops: readonly Symptom[] = [
  {
    id: 'hop-by-hop-forwarded',
    title: 'The proxy passes fields on that belong to the client’s connection',
    advice: 'Remove what Connection names, and Keep-Alive, Proxy-Connection and TE as well (RFC 9110 §7.6.1).',
    shows: (evidence) => concerns(evidence, 'connection') && passedOn(evidence).length > 0,
    detail: (evidence) =>
      `The proxy passes ${passedOn(evidence).join(', ')} on, which ${passedOn(evidence).length > 1 ? 'belong' : 'belongs'} to the client’s connection`,
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
