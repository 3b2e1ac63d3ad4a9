import type { Head } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';
import { stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** A field that one end sent and the other got differently. Fields that a proxy adds are its own business. */
interface Difference {
  readonly on: 'request' | 'response';
  readonly sent: readonly string[];
  readonly got: readonly string[];
}

/** The values that count: members of a list, in order, and a Cookie that HTTP/2 cut up as one (RFC 9113 §8.2.3). */
function values(head: Head, field: string): string[] {
  if (field === 'cookie') return head.has(field) ? [head.all(field).join('; ')] : [];
  if (field.startsWith('sec-websocket-')) return head.list(field).map((member) => member.replace(/\s*;\s*/g, '; '));
  return head.all(field);
}

function difference({ sent, originSaw, originReplied, clientSaw }: Evidence, field: string): Difference | undefined {
  const ways = [
    ['request', sent, originSaw?.head],
    ['response', originReplied, clientSaw],
  ] as const;
  for (const [on, from, to] of ways) {
    if (!from?.has(field) || !to) continue;
    const [before, after] = [values(from, field), values(to, field)];
    if (before.join('\n') !== after.join('\n')) return { on, sent: before, got: after };
  }
  return undefined;
}

/** Whether what did not hold can be this part of the heads: nothing else did, and no other part is named. */
export function concerns(evidence: Evidence, part: string): boolean {
  const { kind, about } = evidence.failure;
  // What is named did not hold, also when the connection has ended since.
  if (kind === 'value' && about === part) return stageOf(evidence) !== 'handshake';
  return stageOf(evidence) === 'heads' && (about ?? part) === part;
}

interface Words {
  readonly id: string;
  readonly title: string;
  readonly advice: string;
}

function lost(name: string, words: Words): Symptom {
  const field = name.toLowerCase();
  return {
    ...words,
    shows: (evidence) => concerns(evidence, field) && difference(evidence, field)?.got.length === 0,
    detail: (evidence) => `The proxy drops ${name} from the ${difference(evidence, field)?.on}`,
  };
}

function added(name: string, words: Words): Symptom {
  const field = name.toLowerCase();
  const on = ({ sent, originSaw, originReplied, clientSaw }: Evidence): string | undefined => {
    if (clientSaw?.has(field) && originReplied && !originReplied.has(field)) return 'response';
    return originSaw?.head.has(field) && !sent.has(field) ? 'request' : undefined;
  };
  return {
    ...words,
    shows: (evidence) => concerns(evidence, field) && on(evidence) !== undefined,
    detail: (evidence) => {
      const head = on(evidence) === 'response' ? evidence.clientSaw : evidence.originSaw?.head;
      return `The proxy adds “${name}: ${head?.get(field)}” to the ${on(evidence)}`;
    },
  };
}

/** @param secret its values are nobody's business */
function changed(name: string, words: Words, secret = false): Symptom {
  const field = name.toLowerCase();
  return {
    ...words,
    shows: (evidence) => concerns(evidence, field) && (difference(evidence, field)?.got.length ?? 0) > 0,
    detail: (evidence) => {
      const { on, sent, got } = difference(evidence, field)!;
      const how = secret ? '' : ` from “${sent.join(', ')}” to “${got.join(', ')}”`;
      return `The proxy changes ${name} in the ${on}${how}`;
    },
  };
}

const UNTOUCHED = 'Look for a rule that sets, removes or rewrites this field, and exempt WebSockets from it.';

/** Bytes from which on a value can be too long for a buffer. */
const LONG = 1000;

/** Of a long value the field that was looked at, what was sent and the beginning that arrived. */
function cutOff(evidence: Evidence): { field: string; sent: string; got: string } | undefined {
  const field = evidence.failure.about ?? '';
  const [sent = '', got = ''] = [difference(evidence, field)?.sent[0], difference(evidence, field)?.got[0]];
  return concerns(evidence, field) && got.length > LONG && sent.startsWith(got) ? { field, sent, got } : undefined;
}

/** The names that the origin, or the client, got in another case than they were sent in. */
function recased({ sent, originSaw, originReplied, clientSaw }: Evidence): [name: string, other: string][] {
  const ways: readonly [Head | undefined, Head | undefined][] = [
    [sent, originSaw?.head],
    [originReplied, clientSaw],
  ];
  return ways.flatMap(([from, to]) => {
    const names = to?.fields.map(([name]) => name) ?? [];
    return (from?.fields ?? []).flatMap(([name]): [string, string][] => {
      const other = names.find((one) => one.toLowerCase() === name.toLowerCase());
      return other === undefined || names.includes(name) ? [] : [[name, other]];
    });
  });
}

/** A field that matters to WebSockets did not arrive as it was sent. */
export const fields: readonly Symptom[] = [
  {
    id: 'names-recased',
    title: 'The proxy writes field names in another case',
    advice:
      'It is allowed to. Where an application knows one case only, some proxies have a table of names to write so.',
    shows: (evidence) => evidence.failure.about === 'case' && recased(evidence).length > 0,
    detail: (evidence) => {
      const [name, other] = recased(evidence)[0]!;
      return `The proxy writes field names in another case: ${name} as ${other}`;
    },
  },
  {
    id: 'field-cut-off',
    title: 'The proxy cuts a long field off and passes on the rest as if it were whole',
    advice: 'What is too long has to be refused (RFC 9110 §5.4): look for a limit that only truncates, and raise it.',
    shows: (evidence) => cutOff(evidence) !== undefined,
    detail: (evidence) => {
      const { field, sent, got } = cutOff(evidence)!;
      return `Of ${sent.length} bytes of ${field} the first ${got.length} arrived`;
    },
  },
  lost('Sec-WebSocket-Protocol', {
    id: 'subprotocol-dropped',
    title: 'The proxy drops the subprotocols, the offered ones or the chosen one',
    advice: 'Add Sec-WebSocket-Protocol to the fields that are passed on, in both directions.',
  }),
  changed('Sec-WebSocket-Protocol', {
    id: 'subprotocol-changed',
    title: 'The proxy changes the subprotocols, the offered ones or the chosen one',
    advice: 'Leave the choice to the origin, and pass the whole list on (RFC 6455 §11.3.4).',
  }),
  added('Sec-WebSocket-Protocol', {
    id: 'subprotocol-invented',
    title: 'The proxy adds a Sec-WebSocket-Protocol that nobody has sent',
    advice:
      'Pass it on only where it is there: clients end the connection over one that they did not offer, an empty one too ' +
      '(RFC 6455 §4.1), and servers refuse an empty one.',
  }),
  lost('Sec-WebSocket-Extensions', {
    id: 'extensions-dropped',
    title: 'The proxy drops the extensions, the offered ones or the agreed ones',
    advice:
      'Pass them on in both directions, or drop them from the offer: what the client did not see agreed breaks it.',
  }),
  changed('Sec-WebSocket-Extensions', {
    id: 'extensions-changed',
    title: 'The proxy changes the extensions, the offered ones or the agreed ones',
    advice: 'Leave compression to the two ends, or translate each message.',
  }),
  lost('Cookie', {
    id: 'cookie-dropped',
    title: 'The proxy drops Cookie from the handshake',
    advice: 'Caches remove cookies from what they might store: exempt WebSockets from that rule.',
  }),
  changed(
    'Cookie',
    { id: 'cookie-changed', title: 'The proxy changes Cookie in the handshake', advice: UNTOUCHED },
    true,
  ),
  lost('Authorization', {
    id: 'authorization-dropped',
    title: 'The proxy drops Authorization from the handshake',
    advice: 'Let credentials of every scheme through that are not meant for the proxy itself.',
  }),
  changed(
    'Authorization',
    { id: 'authorization-changed', title: 'The proxy changes Authorization in the handshake', advice: UNTOUCHED },
    true,
  ),
  lost('Origin', {
    id: 'origin-header-dropped',
    title: 'The proxy drops the Origin field',
    advice: 'Pass it on: the application must be able to tell which page a browser comes from (RFC 6455 §10.2).',
  }),
  changed('Origin', {
    id: 'origin-header-rewritten',
    title: 'The proxy rewrites the Origin field',
    advice: 'It is the page’s origin and not the server’s: an option that changes Host must leave it alone.',
  }),
];
