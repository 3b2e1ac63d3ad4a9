import type { Head } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';

/**
 * Fields that a proxy may take away, since they belong to one connection (RFC 9110 §7.6.1), to the framing (RFC 9112 §6)
 * or to one version of HTTP (RFC 8441 §5), or that it has to write anew.
 */
const NOT_END_TO_END = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'sec-websocket-key',
  'sec-websocket-accept',
  'date',
  'server',
  'host',
]);

/** The names of the fields that one end sent and of which the other got none, in the case in which they were sent. */
export function missingFields(evidence: Evidence, way: 'request' | 'response'): string[] {
  const { sent, originSaw, originReplied, clientSaw } = evidence;
  const [from, to]: (Head | undefined)[] = way === 'request' ? [sent, originSaw?.head] : [originReplied, clientSaw];
  if (!from || !to) return [];
  const names = from.fields
    .map(([name]) => name)
    .filter((name) => !name.startsWith(':') && !NOT_END_TO_END.has(name.toLowerCase()))
    .filter((name) => !from.lists('connection', name) && !to.has(name));
  return [...new Set(names)];
}
