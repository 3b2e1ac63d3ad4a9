import type { Cell, Report } from '../document.ts';
import { inertLine, webAddress } from '../escape.ts';
import { groupOf, type Matrix } from '../matrix.ts';
import { showValue } from '../measurement.ts';
import { MEANINGS, type SignName, SYMBOLS, signOf } from '../signs.ts';
import { shownId } from './anchor.ts';

/** The signs in the order of the page: what somebody has to act on first. A cell is an index into it, as one letter. */
export const SIGN_ORDER: readonly SignName[] = [
  'fail',
  'warn',
  'error',
  'known',
  'fixed',
  'pass',
  'info',
  'unsupported',
  'blocked',
  'skip',
];

/** The letter for a place without a cell, in a merged report. */
const NO_CELL = '.';

/** All that the page needs to draw its table and to filter it. What the panel shows is elsewhere, by target. */
export interface IndexData {
  readonly signs: readonly { readonly name: SignName; readonly symbol: string; readonly meaning: string }[];
  readonly targets: readonly {
    readonly id: string;
    readonly proxy: string;
    readonly version: string;
    /** What tells it from others of the same version. */
    readonly label: string;
    readonly failed: boolean;
  }[];
  readonly probes: readonly {
    readonly id: string;
    readonly group: string;
    readonly title: string;
    readonly level: string;
    readonly why: string;
    readonly spec: readonly { readonly ref: string; readonly url?: string }[];
  }[];
  /** For each probe, a letter for each target: `a` is the first of the signs. */
  readonly cells: readonly string[];
  /** Measured values that are shown in the table, by the index of the cell: row by row. */
  readonly values: Readonly<Record<number, string>>;
}

const letterOf = (cell: Cell | undefined): string =>
  cell ? String.fromCharCode(97 + SIGN_ORDER.indexOf(signOf(cell))) : NO_CELL;

/** A measurement in the room of a cell: the first value, which is the one that the probe is about. */
function shownIn(cell: Cell | undefined): string | undefined {
  const [first] = cell?.measured ?? [];
  return cell?.verdict === 'info' && first ? showValue(first) : undefined;
}

/** `rfc6455#section-4.1` as people write it. */
function reference(ref: string): string {
  const [, number, section] = /^rfc(\d+)#section-(.+)$/.exec(ref) ?? [];
  return inertLine(number === undefined ? ref : `RFC ${number}, section ${section}`);
}

/** What the page knows of every cell before one is opened: a letter and a value. */
export function indexData({ targets, probes }: Report, { cell }: Matrix): IndexData {
  const values: Record<number, string> = {};
  const cells = probes.map((probe, p) =>
    targets
      .map((target, t) => {
        const here = cell(target.id, probe.id);
        const value = shownIn(here);
        if (value !== undefined) values[p * targets.length + t] = value;
        return letterOf(here);
      })
      .join(''),
  );
  return {
    signs: SIGN_ORDER.map((name) => ({ name, symbol: SYMBOLS[name], meaning: MEANINGS[name] })),
    targets: targets.map(({ id, proxy, version, variant, transport, failure }) => ({
      id: shownId(id),
      proxy: shownId(proxy),
      version: shownId(version ?? ''),
      label: shownId(`${variant} ${transport}`),
      failed: failure !== undefined,
    })),
    probes: probes.map(({ id, title, level, why, spec }) => ({
      id: shownId(id),
      group: shownId(groupOf(id)),
      title: inertLine(title),
      level,
      why: inertLine(why),
      spec: spec.map(({ ref, url }) => {
        const address = webAddress(url);
        return { ref: reference(ref), ...(address === undefined ? {} : { url: address }) };
      }),
    })),
    cells,
    values,
  };
}
