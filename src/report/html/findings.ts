import { blameLine } from '../blame.ts';
import { type Cell, cellKey, isBroken, type Report } from '../document.ts';
import { inertLine, webAddress } from '../escape.ts';
import { alike, troubles } from '../findings.ts';
import { SYMBOLS, signOf } from '../signs.ts';
import { many } from '../statement.ts';
import { cellAnchor } from './anchor.ts';
import { evidenceDetail } from './details.ts';
import { headText } from './heads.ts';
import { type Markup, markup } from './markup.ts';

/** Targets of one finding that are named in its heading line. */
const NAMED = 3;

function targetLink({ target, probe }: Cell): Markup {
  // The fragment leads here without a script, too.
  return markup`<li id="${decodeURIComponent(cellAnchor(target, probe))}"><a href="#${cellAnchor(target, probe)}">${target}</a></li>`;
}

function fixMarkup({ fix }: Cell): Markup | undefined {
  if (!fix) return undefined;
  const docs = fix.docs === undefined ? undefined : webAddress(fix.docs);
  return markup`<p class="fix"><b>Fix.</b> ${fix.text}${docs !== undefined && markup` <a href="${docs}" rel="noreferrer">Documentation</a>`}</p>
${fix.config !== undefined && markup`<pre class="config" tabindex="0">${fix.config.trimEnd()}</pre>`}`;
}

function evidenceMarkup(cell: Cell, report: Report): Markup | undefined {
  if (!cell.evidence) return undefined;
  const { request, response, frames, remarks } = evidenceDetail(
    cell.evidence,
    report.run.cells[cellKey(cell)]?.timeline,
  );
  const lines = frames.map(({ at, side, way, text, preview }) =>
    inertLine(`${at === undefined ? '' : `${at} ms `}${side} ${way} ${text} ${preview}`),
  );
  return markup`<h4>Evidence at ${cell.target}</h4>
<p>Request: sent by the client, as the origin saw it</p><pre tabindex="0">${headText(request)}</pre>
${response.length > 0 && markup`<p>Response: sent by the origin, as the client saw it</p><pre tabindex="0">${headText(response)}</pre>`}
${lines.length > 0 && markup`<p>Frames</p><pre tabindex="0">${lines.join('\n')}</pre>`}
<p>${remarks.join(' ')}</p>`;
}

function finding(cells: readonly Cell[], report: Report): Markup {
  const cell = cells[0]!;
  const { probe, summary, cause, symptom, expected, actual, known, because, reproduce } = cell;
  const sign = signOf(cell);
  const blame = blameLine(cell);
  const named = cells
    .slice(0, NAMED)
    .map(({ target }) => target)
    .join(', ');
  const more = cells.length > NAMED ? ` and ${cells.length - NAMED} more` : '';
  return markup`<details class="finding"><summary><span class="badge s-${sign}"><span aria-hidden="true">${SYMBOLS[sign]}</span> ${sign}</span>
<span class="says">${summary}</span> <span class="where">${named}${more}</span></summary>
<div class="body">
${cause !== undefined && markup`<p>${cause}${symptom !== undefined && markup` <code>${symptom}</code>`}</p>`}${blame !== undefined && markup`<p><b>Hop:</b> ${blame}</p>`}
${known && markup`<p><b>Known.</b> ${because ?? 'It is expected of this target.'}</p>`}
${expected !== undefined && markup`<dl><dt>Expected</dt><dd>${expected}</dd><dt>Actual</dt><dd>${actual ?? ''}</dd></dl>`}
${fixMarkup(cell)}
<p>Probe <code>${probe}</code> at ${many(cells.length, 'target')}:</p><ul>${cells.map(targetLink)}</ul>
${evidenceMarkup(cell, report)}
${reproduce !== undefined && markup`<p>Reproduce: <code>${reproduce}</code></p>`}
</div></details>
`;
}

const ORDER = ['fail', 'warn', 'known'];

/** What is wrong, what is the same at several targets once, the news first; then what has no verdict. */
export function findingsSection(report: Report): Markup {
  const broken = report.cells.filter(isBroken);
  const rank = (cell: Cell): number => ORDER.indexOf(signOf(cell));
  const groups = alike(broken.toSorted((a, b) => rank(a) - rank(b)));
  const { targets, cells } = troubles(report);
  return markup`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
${groups.length === 0 && markup`<p>No requirement is broken.</p>`}
${groups.map((group) => finding(group, report))}
${targets.map(({ id, failure }) => markup`<p class="trouble"><b>${id}</b> could not be probed: ${failure}</p>`)}
${
  cells.length > 0 &&
  markup`<details class="finding"><summary><span class="badge s-error"><span aria-hidden="true">${SYMBOLS.error}</span> error</span> <span class="says">${many(cells.length, 'cell')} without a verdict</span></summary>
<div class="body"><ul>${cells.map(({ target, probe, summary }) => markup`<li><a href="#${cellAnchor(target, probe)}">${probe} at ${target}</a>: ${summary}</li>`)}</ul></div></details>`
}
</section>`;
}
