import type { CellEvidence, ReportedFrame, ReportedHead } from '../document.ts';
import { type HeadLine, headChanges, wholeHead } from './heads.ts';
import type { Look } from './look.ts';
import { cut, pad, plain, widthOf, wrap } from './text.ts';

/** From this width on the two directions stand side by side. */
const SIDE_BY_SIDE = 132;
/** Lines of one direction, unless all is wanted. */
const SHORT = 12;
/** Frames of one side in the short form. */
const FRAMES = 6;

interface Direction {
  readonly title: string;
  readonly lines: readonly HeadLine[];
  readonly note?: string;
}

interface Ends {
  readonly from: string;
  readonly to: string;
  /** When it left and never came. */
  readonly lost: string;
  /** When it came and nobody had sent it. */
  readonly own: string;
  /** When there is neither. */
  readonly neither: string;
}

const REQUEST: Ends = {
  from: 'client sent',
  to: 'origin saw',
  lost: 'it never arrived at the origin',
  own: 'nobody sent it',
  neither: 'nothing was sent',
};
const RESPONSE: Ends = {
  from: 'origin replied',
  to: 'client saw',
  lost: 'it never arrived at the client',
  own: 'the proxy answered by itself',
  neither: 'the origin did not answer, and the client saw no response',
};

/** Behind an application that is not ours nobody looks at the other end. */
const FOREIGN_REQUEST: Ends = { ...REQUEST, lost: 'what arrived behind the proxy is not known' };
const FOREIGN_RESPONSE: Ends = {
  ...RESPONSE,
  own: 'whether the proxy or the application answered is not known',
  neither: 'the client saw no response',
};

function directions(left: ReportedHead | null, arrived: ReportedHead | null, ends: Ends, look: Look): Direction[] {
  const { from, to, lost, own, neither } = ends;
  if (left && arrived && look.trace) {
    return [
      { title: from, lines: wholeHead(left, arrived, '-') },
      { title: to, lines: wholeHead(arrived, left, '+') },
    ];
  }
  const title = `${from} → ${to}`;
  if (left && arrived) {
    const { lines, unchanged } = headChanges(left, arrived);
    return [{ title, lines, ...(unchanged > 0 ? { note: `${unchanged} more unchanged` } : {}) }];
  }
  if (left) return [{ title: from, lines: wholeHead(left), note: lost }];
  if (arrived) return [{ title: to, lines: wholeHead(arrived), note: own }];
  return [{ title, lines: [], note: neither }];
}

function block({ title, lines, note }: Direction, width: number, look: Look): string[] {
  const shown = look.trace || lines.length <= SHORT ? lines : lines.slice(0, SHORT - 1);
  const more = lines.length - shown.length;
  const notes = [...(more > 0 ? [`${more} more lines: --trace`] : []), ...(note === undefined ? [] : [note])];
  return [
    look.paint('dim', title),
    ...shown.map(({ mark, text }) => {
      const row = cut(`${mark} ${plain(text)}`, look.trace ? Number.POSITIVE_INFINITY : width);
      return mark === ' ' ? row : look.paint(mark === '-' ? 'red' : 'green', row);
    }),
    ...notes.map((one) => look.paint('dim', `  (${one})`)),
  ];
}

const label = ({ opcode, length, preview, fin }: ReportedFrame): string =>
  plain(`${opcode}${fin ? '' : '…'} ${length}${preview === '' ? '' : ` "${cut(preview, 24)}"`}`);

/** What came and went at one end, one direction after the other: only times tell their order, and they vary. */
function frameRows({ frames }: CellEvidence): string[] {
  return (['client', 'origin'] as const).flatMap((side) =>
    (['sent', 'received'] as const).flatMap((way) => {
      const some = frames.filter((frame) => frame.side === side && frame.way === way);
      if (some.length === 0) return [];
      const more = some.length > FRAMES ? ` … ${some.length - FRAMES} more` : '';
      return [`${pad(`${side} ${way}`, 16)} ${some.slice(0, FRAMES).map(label).join(' · ')}${more}`];
    }),
  );
}

function everyFrame({ frames }: CellEvidence, timeline: readonly number[] | undefined): string[] {
  return frames.map((frame, i) => {
    const { side, way, opcode, fin, rsv, masked, length, preview } = frame;
    const at = timeline?.[i] === undefined ? '' : `${timeline[i].toFixed(1)} ms`;
    const bits = [fin ? 'fin' : '', rsv === 0 ? '' : `rsv=${rsv}`, masked ? 'masked' : ''].filter(Boolean).join(' ');
    return `${at.padStart(11)}  ${pad(`${side} ${way}`, 16)} ${pad(plain(opcode), 12)} ${pad(bits, 12)} ${length} bytes  ${plain(preview)}`;
  });
}

/** What else there is to say of the exchange, in sentences. */
function remarks(evidence: CellEvidence): string[] {
  const { clientEnding, originEnding, arrivals, clientBody, clientBytes, clientViolation, originViolation, upstream } =
    evidence;
  const told = [
    ['client', clientEnding],
    ['origin', originEnding],
  ] as const;
  const words = { fin: 'closed in order (FIN)', rst: 'broken off (RST)' };
  const quoted = ({ length, preview }: { length: number; preview: string }): string =>
    `${length} bytes: ${plain(cut(preview.trim(), 200))}`;
  return [
    ...(clientBody && clientBody.length > 0 ? [`the body at the client, ${quoted(clientBody)}`] : []),
    ...(clientBytes ? [`instead of a response the client saw ${quoted(clientBytes)}`] : []),
    ...(clientViolation === undefined ? [] : [`at the client: ${plain(clientViolation)}`]),
    ...(originViolation === undefined ? [] : [`at the origin: ${plain(originViolation)}`]),
    ...told.flatMap(([side, ending]) =>
      ending ? [`at the ${side}: ${words[ending.how]}${ending.detail ? ` ${plain(ending.detail)}` : ''}`] : [],
    ),
    ...(upstream === undefined ? [] : [`the origin was asked as ${plain(upstream)}`]),
    ...(arrivals > 1 ? [`the request arrived ${arrivals} times at the origin`] : []),
  ];
}

/** The four views of an exchange: the request on its way in, the response on its way out, and what came behind. */
export function renderViews(evidence: CellEvidence, timeline: readonly number[] | undefined, look: Look): string[] {
  const beside = look.width >= SIDE_BY_SIDE && !look.trace;
  const width = beside ? Math.floor((look.width - 3) / 2) : look.width;
  const { sent, originSaw, originReplied, clientSaw, foreign } = evidence;
  const blocks = [
    ...directions(sent, originSaw, foreign ? FOREIGN_REQUEST : REQUEST, look),
    ...directions(originReplied, clientSaw, foreign ? FOREIGN_RESPONSE : RESPONSE, look),
  ].map((one) => block(one, width, look));
  const [request = [], response = []] = blocks;
  const rows = beside
    ? Array.from({ length: Math.max(request.length, response.length) }, (_, i) =>
        `${request[i] ?? ''}${' '.repeat(Math.max(0, width + 3 - widthOf(request[i] ?? '')))}${response[i] ?? ''}`.trimEnd(),
      )
    : blocks.flatMap((rows, i) => (i === 0 ? rows : ['', ...rows]));
  const frames = look.trace ? everyFrame(evidence, timeline) : frameRows(evidence).map((row) => cut(row, look.width));
  const said = remarks(evidence).flatMap((remark) => wrap(remark, look.width));
  return [
    ...rows,
    ...(frames.length > 0 ? ['', look.paint('dim', 'frames'), ...frames] : []),
    ...(said.length > 0 ? ['', ...said] : []),
  ];
}
