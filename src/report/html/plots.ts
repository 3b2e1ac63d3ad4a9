import type { Report } from '../document.ts';
import { showValue } from '../measurement.ts';
import { many } from '../statement.ts';
import { type Markup, markup } from './markup.ts';
import { type Point, type Scale, type Series, scaleFor, seriesOf } from './series.ts';

/** Rows of a plot; with more, targets of the same value share one. */
const ROWS = 24;
/** Targets that are named in a row that several of them share. */
const NAMED = 2;

/** In percent of the width, with room for half a dot at both ends. */
const across = (scale: Scale, value: number): string => `${(1.5 + 97 * scale.at(value)).toFixed(2)}%`;

function dots(scale: Scale, points: readonly Point[]): Markup {
  const { value, direct } = points[0]!;
  const x = across(scale, value);
  return markup`<svg class="strip" height="16" aria-hidden="true" focusable="false"><line class="track" x1="0" x2="100%" y1="8" y2="8"/>${
    direct !== undefined &&
    markup`<line class="stem" x1="${across(scale, direct)}" x2="${x}" y1="8" y2="8"/><circle class="hollow" cx="${across(scale, direct)}" cy="8" r="4"/>`
  }<circle class="dot" cx="${x}" cy="8" r="4.5"/></svg>`;
}

function row(scale: Scale, unit: Series['unit'], points: readonly Point[]): Markup {
  const { value, direct } = points[0]!;
  const names = points.slice(0, NAMED).map(({ target }) => target);
  const label = points.length > NAMED ? `${points.length} targets: ${names.join(', ')} …` : names.join(', ');
  return markup`<tr><th scope="row">${label}</th><td>${dots(scale, points)}</td><td class="value">${showValue({ value, unit })}${
    direct !== undefined && markup` <span class="aside">direct ${showValue({ value: direct, unit })}</span>`
  }</td></tr>
`;
}

/** Points that would look the same, in one row: the same words for the value. */
function together({ points, unit }: Series): Point[][] {
  if (points.length <= ROWS) return points.map((point) => [point]);
  const groups = new Map<string, Point[]>();
  for (const { target, value } of points) {
    const shown = showValue({ value, unit });
    groups.set(shown, [...(groups.get(shown) ?? []), { target, value }]);
  }
  return [...groups.values()];
}

/** So many different values that only their distribution can be looked at: a row for a tenth of them each. */
function tenths(points: readonly Point[]): Point[][] {
  return Array.from({ length: 10 }, (_, i) =>
    points.slice(Math.floor((i * points.length) / 10), Math.floor(((i + 1) * points.length) / 10)),
  ).filter(({ length }) => length > 0);
}

function plot(series: Series): Markup {
  const { title, name, probe, unit, points } = series;
  const scale = scaleFor(points);
  const alike = together(series);
  const rows =
    alike.length <= ROWS ? alike : tenths(points).map((some) => [some[Math.floor(some.length / 2)]!, ...some]);
  const note = [
    many(points.length, 'target'),
    ...(alike.length <= ROWS ? [] : ['the middle of each tenth']),
    ...(scale.logarithmic ? ['logarithmic scale'] : []),
  ].join(', ');
  return markup`<table class="plot"><caption><b>${title}</b> <span class="aside">${name} · <code>${probe}</code> · ${note}</span></caption>
<tbody>${rows.map((some) => row(scale, unit, some))}</tbody></table>`;
}

/** Measured values across targets, for those who would rather look than read. Nothing when nothing was measured twice. */
export function plotsSection(report: Report): Markup | undefined {
  const all = seriesOf(report);
  if (all.length === 0) return undefined;
  return markup`<section id="measured" aria-labelledby="measured-title"><h2 id="measured-title">Measured</h2>
<div class="plots">${all.map(plot)}</div></section>`;
}
