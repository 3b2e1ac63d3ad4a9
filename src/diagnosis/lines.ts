import type { Head } from '../wire/head.ts';
import type { Evidence } from './evidence.ts';
import { concerns } from './fields.ts';
import type { Symptom } from './symptom.ts';

/** A field that one end sent in several lines: its members as sent, all that came, and what of it was sent. */
interface Members {
  readonly sent: readonly string[];
  readonly came: readonly string[];
  readonly kept: readonly string[];
}

/** The members of the field that was looked at, where they did not come one after the other as they were sent. */
function members(evidence: Evidence): Members | undefined {
  const { sent, originSaw, originReplied, clientSaw, failure } = evidence;
  const name = failure.about ?? '';
  // Set-Cookie is no list (RFC 9110 §5.3).
  if (!concerns(evidence, name) || name === 'set-cookie') return undefined;
  const ways: readonly (readonly [Head | undefined, Head | undefined])[] = [
    [sent, originSaw?.head],
    [originReplied, clientSaw],
  ];
  for (const [from, to] of ways) {
    if (!from || !to || from.all(name).length < 2) continue;
    const before = from.list(name);
    const came = to.list(name);
    const kept = came.filter((member) => before.includes(member));
    // Where nothing came it is the field that was dropped, and not a line of it.
    if (kept.length > 0 && !came.join('\n').includes(before.join('\n'))) return { sent: before, came, kept };
  }
  return undefined;
}

/** A field that stands in several lines is one list, whose order counts (RFC 9110 §5.3). */
export const lines: readonly Symptom[] = [
  {
    id: 'field-lines-lost',
    title: 'The proxy loses lines of a field that stands in several',
    advice: 'Keep all lines of a field, or join them by commas; a map of fields by name that holds one value cannot.',
    shows: (evidence) => {
      const found = members(evidence);
      return found !== undefined && found.kept.length < found.sent.length;
    },
    detail: (evidence) => {
      const { sent, kept } = members(evidence)!;
      return `Of ${sent.length} lines of ${evidence.failure.about} ${kept.length} arrived`;
    },
  },
  {
    id: 'field-lines-reordered',
    title: 'The proxy changes the order of the lines of a field',
    advice: 'Write the lines of a field in the order in which they came (RFC 9110 §5.3).',
    shows: (evidence) => {
      const found = members(evidence);
      return found !== undefined && found.kept.join('\n') !== found.sent.join('\n');
    },
  },
  {
    id: 'field-lines-interrupted',
    title: 'The proxy puts its own value between the lines of a field',
    advice: 'Add it behind the last line: whoever reads the list from its end trusts what stands there.',
    shows: (evidence) => members(evidence) !== undefined,
    detail: (evidence) => {
      const { sent, came } = members(evidence)!;
      const { about } = evidence.failure;
      return `The proxy adds its own value to ${about} in front of ${sent.at(-1)}: ${came.join(', ')}`;
    },
  },
];
