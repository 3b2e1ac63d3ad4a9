import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import type { Symptom } from './symptom.ts';

interface Parts {
  readonly path: string;
  readonly parameters: readonly string[];
}

/** Absolute form (RFC 9112 §3.2.2) says the same as origin form. */
function partsOf(target: string): Parts {
  const [path = '', query = ''] = target.replace(/^https?:\/\/[^/?]*/i, '').split(/\?(.*)/s);
  return { path, parameters: query.split('&') };
}

/** Percent-encoding undone, byte by byte, so that two spellings of the same thing are equal (RFC 3986 §2.1). */
const decoded = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const both = ({ sent, originSaw }: Evidence): [Parts, Parts] => [
  partsOf(sent.target),
  partsOf(originSaw?.head.target ?? ''),
];

/** A prefix that is put in front or taken away is what gateways are configured for. */
const otherPath = (one: string, other: string): boolean => !one.endsWith(other) && !other.endsWith(one);

const lostParameters = (evidence: Evidence): string[] => {
  const [sent, got] = both(evidence);
  return sent.parameters.filter((parameter) => !got.parameters.includes(parameter));
};

/** The same parameters, in another order: each is there, however it is spelt. */
function reordered(evidence: Evidence): boolean {
  const [sent, got] = both(evidence).map(({ parameters }) => parameters.map(decoded));
  return sent!.join('&') !== got!.join('&') && sent!.toSorted().join('&') === got!.toSorted().join('&');
}

/** The request target did not arrive byte for byte. */
export const target: readonly Symptom[] = [
  {
    id: 'request-target-reencoded',
    title: 'The proxy decodes or encodes the request target anew',
    advice: 'Pass the request target on as it came, not put together again from decoded parts (RFC 9110 §7.7).',
    shows: (evidence) => {
      const [sent, got] = [evidence.sent.target, evidence.originSaw?.head.target ?? ''];
      return concerns(evidence, 'target') && sent !== got && decoded(sent) === decoded(got);
    },
    detail: (evidence) => {
      const [sent, got] = both(evidence);
      if (sent.path !== got.path) return `The proxy spells the path ${sent.path} as ${got.path}`;
      return `The proxy spells the query parameter ${lostParameters(evidence)[0]} in another way`;
    },
  },
  {
    id: 'query-reordered',
    title: 'The proxy puts the parameters of the query into another order',
    advice:
      'It takes the query apart and puts it together again, maybe to drop what it cannot read: pass it on as it came ' +
      '(RFC 9110 §7.7). A signature over the query no longer fits.',
    shows: (evidence) => {
      const [sent, got] = both(evidence);
      return concerns(evidence, 'target') && decoded(sent.path) === decoded(got.path) && reordered(evidence);
    },
  },
  {
    id: 'path-rewritten',
    title: 'The proxy rewrites the path',
    advice: 'Look for a rule that replaces more of the path than a prefix.',
    shows: (evidence) => {
      const [sent, got] = both(evidence);
      return concerns(evidence, 'target') && evidence.originSaw !== undefined && otherPath(sent.path, got.path);
    },
    detail: (evidence) => {
      const [sent, got] = both(evidence);
      return `The proxy rewrites the path from ${sent.path} to ${got.path}`;
    },
  },
  {
    id: 'query-rewritten',
    title: 'The proxy changes parameters of the query',
    advice: 'Remove or mask parameters in the log only, and pass them on as they came.',
    shows: (evidence) =>
      concerns(evidence, 'target') && evidence.originSaw !== undefined && lostParameters(evidence).length > 0,
    detail: (evidence) => {
      const names = lostParameters(evidence).map((parameter) => parameter.replace(/=.*/s, ''));
      return `The proxy changes or drops the query parameter ${names.join(' and ')}`;
    },
  },
];
