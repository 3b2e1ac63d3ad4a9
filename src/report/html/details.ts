import { blameLine } from '../blame.ts';
import {
  type Cell,
  type CellEvidence,
  cellKey,
  type Report,
  type ReportedFrame,
  type ReportedTarget,
} from '../document.ts';
import { inert, inertLine, webAddress } from '../escape.ts';
import { nameInWords, showValue } from '../measurement.ts';
import { type HeadRow, headRows } from './heads.ts';

/** Characters of a proxy's log and of a configuration file that go into the page. */
const LONG = 64 * 1024;

/** A frame as the page shows it, at its time. */
interface FrameDetail {
  /** ms since the request; absent when it is not known. */
  readonly at?: number;
  readonly side: ReportedFrame['side'];
  readonly way: ReportedFrame['way'];
  readonly text: string;
  readonly preview: string;
}

/** The evidence as the page shows it. */
export interface EvidenceDetail {
  readonly request: readonly HeadRow[];
  readonly response: readonly HeadRow[];
  readonly frames: readonly FrameDetail[];
  /** What else is to be said, in sentences. */
  readonly remarks: readonly string[];
}

/** What the panel shows of a cell on top of what the table knows. Members that are absent have nothing to say. */
export interface CellDetail {
  readonly summary?: string;
  readonly symptom?: string;
  readonly cause?: string;
  /** In a chain: whose doing it is, and how that is known. */
  readonly hop?: string;
  readonly fix?: { readonly text: string; readonly config?: string; readonly docs?: string };
  readonly expected?: string;
  readonly actual?: string;
  readonly because?: string;
  readonly flaky?: true;
  readonly values?: readonly (readonly [name: string, value: string])[];
  readonly evidence?: EvidenceDetail;
  readonly reproduce?: string;
  readonly durationMs?: number;
  readonly attempts?: number;
}

/** A target with the details of its cells, by the index of their probe. */
export interface TargetDetail {
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly failure?: string;
  readonly config: readonly { readonly path: string; readonly text: string }[];
  readonly log?: string;
  readonly cells: Readonly<Record<number, CellDetail>>;
}

type Said<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined or empty. */
function said<T extends object>(members: T): Said<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  ) as Said<T>;
}

const line = (text: string | undefined): string | undefined => (text === undefined ? undefined : inertLine(text));
const block = (text: string | undefined): string | undefined => (text === undefined ? undefined : inert(text));

function frameText({ opcode, fin, rsv, length }: ReportedFrame): string {
  const odd = [...(fin ? [] : ['not final']), ...(rsv === 0 ? [] : [`RSV ${rsv.toString(2).padStart(3, '0')}`])];
  return `${[inertLine(opcode), ...odd].join(', ')} · ${length} B`;
}

/** Frames of both ends in the order of their times; where these are not known, as they stand in the document. */
function frameDetails(frames: readonly ReportedFrame[], timeline: readonly number[] | undefined): FrameDetail[] {
  const details = frames.map((frame, i) => ({
    ...(timeline?.[i] === undefined ? {} : { at: timeline[i] }),
    side: frame.side,
    way: frame.way,
    text: frameText(frame),
    preview: inertLine(frame.preview),
  }));
  return timeline ? details.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)) : details;
}

function remarksOf(evidence: CellEvidence): string[] {
  const { foreign, stamped, arrivals, originSaw, clientSaw, clientEnding, originEnding } = evidence;
  const { clientBody, clientBytes, clientViolation, originViolation, upstream } = evidence;
  const ended = (where: string, ending: CellEvidence['clientEnding']): string[] =>
    ending
      ? [
          `The connection ended at the ${where} with ${ending.how === 'fin' ? 'a FIN' : 'a RST'}${ending.detail ? ` (${ending.detail})` : ''}.`,
        ]
      : [];
  const sampled = (what: string, sample: CellEvidence['clientBody']): string[] =>
    sample ? [`${what}, ${sample.length} bytes: ${sample.preview}`] : [];
  return [
    ...(foreign ? ['The application behind the proxy is not the reference origin: what it saw is not known.'] : []),
    ...(!foreign && !originSaw ? ['The request never arrived at the origin.'] : []),
    ...(upstream === undefined ? [] : [`The origin was asked as ${upstream}.`]),
    ...(arrivals > 1 ? [`The request arrived ${arrivals} times at the origin.`] : []),
    ...(!foreign && clientSaw ? [stamped ? 'The answer is the origin’s.' : 'The proxy answered by itself.'] : []),
    ...(clientSaw ? [] : ['The client got no response head.']),
    ...sampled('The body of the answer', clientBody),
    ...sampled('In place of a head came', clientBytes),
    ...(clientViolation === undefined ? [] : [`What came to the client breaks a rule: ${clientViolation}.`]),
    ...(originViolation === undefined ? [] : [`What came to the origin breaks a rule: ${originViolation}.`]),
    ...ended('client', clientEnding),
    ...ended('origin', originEnding),
  ].map((remark) => inertLine(remark));
}

/** The four views as two pairs, what the proxy changed marked, with the frames of both ends. */
export function evidenceDetail(evidence: CellEvidence, timeline: readonly number[] | undefined): EvidenceDetail {
  const { foreign, sent, originSaw, originReplied, clientSaw } = evidence;
  const shown = (rows: readonly HeadRow[]): HeadRow[] =>
    rows.map(([mark, before, after]) => [
      // What nobody could see was not dropped.
      foreign ? 'same' : mark,
      before === null ? null : inertLine(before),
      after === null ? null : inertLine(after),
    ]);
  return {
    request: shown(headRows(sent, originSaw)),
    response: shown(headRows(originReplied, clientSaw)),
    frames: frameDetails(evidence.frames, timeline),
    remarks: remarksOf(evidence),
  };
}

/** What the panel says of a cell; undefined when the title of its probe says it all. */
function cellDetail(cell: Cell, title: string, run: Report['run']): CellDetail | undefined {
  const { summary, symptom, cause, fix, expected, actual, because, flaky, measured, evidence, reproduce } = cell;
  const ran = run.cells[cellKey(cell)];
  const docs = fix?.docs === undefined ? undefined : webAddress(fix.docs);
  const detail: CellDetail = {
    ...said({
      summary: summary === title ? undefined : line(summary),
      symptom: line(symptom),
      cause: line(cause),
      hop: line(blameLine(cell)),
      expected: line(expected),
      actual: line(actual),
      because: line(because),
      reproduce: line(reproduce),
      durationMs: ran?.durationMs,
      attempts: ran && ran.attempts > 1 ? ran.attempts : undefined,
    }),
    ...(fix ? { fix: { text: inertLine(fix.text), ...said({ config: block(fix.config)?.trimEnd(), docs }) } } : {}),
    ...(flaky ? { flaky: true } : {}),
    ...(measured ? { values: measured.map((one) => [inertLine(nameInWords(one.name)), showValue(one)] as const) } : {}),
    ...(evidence ? { evidence: evidenceDetail(evidence, ran?.timeline) } : {}),
  };
  return Object.keys(detail).length > 0 ? detail : undefined;
}

/** What the panel says of a target and of its cells. */
export function targetDetail(
  target: ReportedTarget,
  cells: readonly (Cell | undefined)[],
  { probes, run }: Pick<Report, 'probes' | 'run'>,
): TargetDetail {
  const { id, proxy, version, variant, transport, image, digest, loadBalancers, notes, failure, config } = target;
  const behind = loadBalancers?.map(({ title, sign, page }) => `${title} (${sign}): ${page}`).join(', ');
  const facts = Object.entries({ proxy, version, variant, transport, image, digest, behind, notes: notes?.join(' ') });
  const log = run.logs[id];
  return {
    facts: facts.flatMap(([name, value]) => (value ? [[name, inertLine(value)] as const] : [])),
    ...said({ failure: line(failure), log: log === undefined ? undefined : inert(log, LONG).trimEnd() }),
    config: config.map(({ path, text }) => ({ path: inertLine(path), text: inert(text, LONG).trimEnd() })),
    cells: Object.fromEntries(
      cells.flatMap((cell, i) => {
        const detail = cell && cellDetail(cell, probes[i]!.title, run);
        return detail ? [[i, detail]] : [];
      }),
    ),
  };
}
