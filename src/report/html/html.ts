import type { Report } from '../document.ts';
import { scriptJson } from '../escape.ts';
import { type Matrix, matrixOf } from '../matrix.ts';
import { notesOf, partsOf } from '../shards.ts';
import { MEANINGS, SYMBOLS, signOf } from '../signs.ts';
import { many } from '../statement.ts';
import { inline, pageScript, pageStyle } from './assets.ts';
import { targetDetail } from './details.ts';
import { findingsSection } from './findings.ts';
import { indexData, SIGN_ORDER } from './index-data.ts';
import { Markup, markup } from './markup.ts';
import { plotsSection } from './plots.ts';
import { staticMatrix } from './static-matrix.ts';

/** Cells of a table that a browser shows at once without being slow. */
const SHOWN_AT_ONCE = 12_000;

/** Where scripts run, the tables for readers without them are not even laid out. */
const SCRIPTED = inline("document.documentElement.classList.add('scripted')");

const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

function header(report: Report): Markup {
  const { targets, probes, cells, run, tool } = report;
  const count = new Map<string, number>();
  for (const cell of cells) count.set(signOf(cell), (count.get(signOf(cell)) ?? 0) + 1);
  const tally = SIGN_ORDER.filter((sign) => count.has(sign)).map(
    (sign) =>
      markup`<li class="s-${sign}"><span aria-hidden="true">${SYMBOLS[sign]}</span> <b>${count.get(sign)}</b> ${sign}</li>`,
  );
  return markup`<header><h1>WebSockets through ${many(targets.length, 'target')}</h1>
<p class="aside">${many(probes.length, 'probe')} · ${run.startedAt.slice(0, 16).replace('T', ' ')} UTC · ${seconds(run.durationMs)} · wsproof ${tool.version}</p>
${notesOf(report).map((note) => markup`<p class="note">${note}</p>`)}
<ul class="tally">${tally}</ul></header>`;
}

function matrixSection(matrix: Matrix, cells: number): Markup {
  const tables = staticMatrix(matrix);
  const shown =
    cells <= SHOWN_AT_ONCE
      ? tables
      : markup`<noscript>${tables}</noscript><p class="print-only">The matrix has ${cells} cells, too many for paper.</p>`;
  return markup`<section id="matrix" aria-labelledby="matrix-title"><h2 id="matrix-title">Matrix</h2><div id="grid"></div>${shown}</section>`;
}

function legend(report: Report): Markup {
  const used = new Set(report.cells.map(signOf));
  return markup`<section id="legend" aria-labelledby="legend-title"><h2 id="legend-title">How to read this</h2>
<dl class="legend">${SIGN_ORDER.filter((sign) => used.has(sign)).map(
    (sign) =>
      markup`<dt class="s-${sign}"><span aria-hidden="true">${SYMBOLS[sign]}</span> ${sign}</dt><dd>${MEANINGS[sign]}</dd>`,
  )}</dl>
<p>Each probe was tried through the proxy, and again straight at the origin when it failed. Green says that this version with this configuration did what the probe asks for, and nothing about another one.</p>
${provenance(report)}</section>`;
}

/** The runs behind the report: their commands, and where they ran. */
function provenance(report: Report): Markup {
  const parts = partsOf(report).map(({ command, host, startedAt, durationMs, seed, shard, status }) => {
    const facts = [
      ...(shard ? [`shard ${shard.index}/${shard.count}`] : []),
      `${startedAt.slice(0, 19).replace('T', ' ')} UTC`,
      seconds(durationMs),
      `seed ${seed}`,
      `Node ${host.node} on ${host.platform}`,
      ...(status === 'partial' ? ['stopped before its end'] : []),
    ];
    return markup`<li><code>${command}</code><br><span class="aside">${facts.join(' · ')}</span></li>`;
  });
  return markup`<details class="finding"><summary><span class="says">How it was run</span></summary><div class="body"><ul>${parts}</ul></div></details>`;
}

/** The details of each target in an element of its own, to be parsed when somebody asks for one of its cells. */
function* dataElements(report: Report, matrix: Matrix): Generator<string> {
  const element = (id: string, value: unknown): string =>
    `<script type="application/json" id="${id}">${scriptJson(value)}</script>\n`;
  yield element('index', indexData(report, matrix));
  for (const [i, target] of report.targets.entries()) {
    const cells = report.probes.map(({ id }) => matrix.cell(target.id, id));
    yield element(`target-${i}`, targetDetail(target, cells, report));
  }
}

/** An empty picture: without one a browser asks the server for its own. */
const NO_ICON = 'data:,';

/**
 * A page that holds all of the report and asks nobody for anything: it can be read without a script, which only adds
 * filters, folding and the panel. Its policy allows its own style and script and nothing else.
 */
export function html(report: Report): string {
  const matrix = matrixOf(report);
  const style = pageStyle();
  const script = pageScript();
  const policy = `default-src 'none'; style-src ${style.source}; script-src ${SCRIPTED.source} ${script.source}; img-src data:; base-uri 'none'; form-action 'none'`;
  const { targets, cells } = report;
  const head = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="${NO_ICON}">
<title>WebSockets through ${many(targets.length, 'target')} — wsproof</title>
<style>${new Markup(style.text)}</style>
<script>${new Markup(SCRIPTED.text)}</script>
</head>
<body>
${header(report)}
<main>
${matrixSection(matrix, cells.length)}
${findingsSection(report)}
${plotsSection(report)}
${legend(report)}
</main>
`;
  return [
    head.text,
    ...dataElements(report, matrix),
    `<script type="module">${script.text}</script>\n`,
    '</body>\n</html>\n',
  ].join('');
}
