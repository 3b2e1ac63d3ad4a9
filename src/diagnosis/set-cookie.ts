import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import type { Symptom } from './symptom.ts';

const nameOf = (line: string): string => line.slice(0, line.indexOf('='));

/** The lines that the origin sent and those that the client got; lines that a balancer adds are its own. */
function lines({ originReplied, clientSaw }: Evidence): { sent: string[]; got: string[] } {
  return { sent: originReplied?.all('set-cookie') ?? [], got: clientSaw?.all('set-cookie') ?? [] };
}

const missing = (evidence: Evidence): string[] => {
  const { sent, got } = lines(evidence);
  return sent.filter((line) => !got.some((other) => other.includes(`${nameOf(line)}=`))).map(nameOf);
};
const altered = (evidence: Evidence): string[] => {
  const { sent, got } = lines(evidence);
  return sent.filter((line) => !got.includes(line)).map(nameOf);
};
const merged = (evidence: Evidence): boolean => {
  const { sent, got } = lines(evidence);
  return got.some((line) => sent.filter((one) => line.includes(`${nameOf(one)}=`)).length > 1);
};

/** Set-Cookie is no list (RFC 9110 §5.3), so what goes wrong with it goes wrong in its own way. */
export const setCookie: readonly Symptom[] = [
  {
    id: 'set-cookie-merged',
    title: 'The proxy joins several Set-Cookie lines into one',
    advice: 'Keep Set-Cookie as a list of lines; a map of fields by name cannot hold it.',
    shows: (evidence) => concerns(evidence, 'set-cookie') && merged(evidence),
  },
  {
    id: 'set-cookie-dropped',
    title: 'The proxy drops Set-Cookie from the 101',
    advice: 'Let every Set-Cookie line through: caches take them away, and maps of fields keep one.',
    shows: (evidence) => concerns(evidence, 'set-cookie') && missing(evidence).length > 0,
    detail: (evidence) => `The proxy drops the Set-Cookie of ${missing(evidence).join(' and ')} from the 101`,
  },
  {
    id: 'set-cookie-changed',
    title: 'The proxy changes the attributes of a Set-Cookie on the 101',
    advice: 'Exempt WebSockets from rules that rewrite cookies: they share them with the pages of the site.',
    shows: (evidence) => concerns(evidence, 'set-cookie') && altered(evidence).length > 0,
    detail: (evidence) => `The proxy changes the Set-Cookie of ${altered(evidence).join(' and ')} on the 101`,
  },
];
