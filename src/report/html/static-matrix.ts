import type { ReportedTarget } from '../document.ts';
import type { Matrix } from '../matrix.ts';
import { showValue } from '../measurement.ts';
import { SYMBOLS, signOf } from '../signs.ts';
import { Markup, markup } from './markup.ts';

/** Targets beside each other in one table: what fits on paper, and on a screen without scrolling far. */
const ACROSS = 20;

function columnHead({ proxy, version, variant, transport }: ReportedTarget): Markup {
  return markup`<th scope="col"><span><b>${proxy}</b> ${version ?? ''} ${variant} ${transport}</span></th>`;
}

function cellMarkup({ cell }: Matrix, target: string, probe: string): Markup {
  const here = cell(target, probe);
  if (!here) return markup`<td></td>`;
  const sign = signOf(here);
  const value = here.verdict === 'info' && here.measured?.[0];
  return markup`<td class="s-${sign}">${value ? showValue(value) : markup`${SYMBOLS[sign]}<span class="hush"> ${sign}</span>`}</td>`;
}

function table(matrix: Matrix, targets: readonly ReportedTarget[], part: string): Markup {
  const groups = matrix.groups.map(
    ({ name, probes }) => markup`<tbody>
<tr><th scope="colgroup" colspan="${targets.length + 1}" class="group">${name}</th></tr>
${probes.map(
  ({ id, title }) =>
    markup`<tr><th scope="row" title="${id}">${title}</th>${targets.map((target) => cellMarkup(matrix, target.id, id))}</tr>\n`,
)}</tbody>`,
  );
  return markup`<table class="static"><caption>${part}</caption>
<thead><tr><td></td>${targets.map(columnHead)}</tr></thead>
${groups}</table>`;
}

/** The matrix without any script: tables of so many targets that they can be read, one below the other. */
export function staticMatrix(matrix: Matrix): Markup {
  const { targets } = matrix;
  const parts: Markup[] = [];
  for (let from = 0; from < targets.length; from += ACROSS) {
    const some = targets.slice(from, from + ACROSS);
    const name =
      targets.length <= ACROSS
        ? 'Probes and targets'
        : `Targets ${from + 1} to ${from + some.length} of ${targets.length}`;
    parts.push(table(matrix, some, name));
  }
  return new Markup(parts.map(({ text }) => text).join('\n'));
}
