import { element } from './elements.js';
import { signAt } from './selection.js';

/** px of a row, as the style sheet has it. */
export const ROW = 30;
/** So many columns have room for words above them; more stand on end. */
const WORDS = 10;

/**
 * px of the parts of the table in this much room.
 *
 * @param {number} room
 * @param {number} count of columns
 */
export function measures(room, count) {
  const least = Math.round(Math.min(400, Math.max(150, room * 0.36)));
  if (count > WORDS) return { label: least, column: 44, head: 168 };
  const column = Math.max(84, Math.min(132, Math.floor((room - least) / Math.max(1, count))));
  return { label: Math.max(least, Math.min(720, room - column * count)), column, head: column < 110 ? 84 : 56 };
}

/** The id of the cell at a place of the table; row -1 are the targets, column -1 the probes. */
export const idOf = ({ row, column }) => `at-${row + 1}-${column + 1}`;

/** The place of the cell that an element is in. */
export function placeAt(node) {
  const [, row, column] = /^at-(\d+)-(\d+)$/.exec(node.closest('th, td')?.id ?? '') ?? [];
  return row === undefined ? undefined : { row: row - 1, column: column - 1 };
}

const classes = (...names) => names.filter(Boolean).join(' ') || undefined;
const position = (row, column) => ({ id: idOf({ row, column }), 'aria-colindex': column + 2 });

/**
 * A part of the table as elements.
 *
 * @typedef {object} View
 * @property {object} index
 * @property {readonly object[]} rows all of them, as the selection has them
 * @property {readonly number[]} columns all of them: indices of targets
 * @property {ReadonlySet<number>} signs those that are looked for; other cells step back
 * @property {{ label: number, column: number, head: number }} sizes
 * @property {{ first: number, end: number }} down the rows that are drawn
 * @property {{ first: number, end: number }} across the columns that are drawn
 */

/** Room in place of columns that are not drawn, on both sides of those that are. */
function between({ columns, sizes, across }, cells) {
  const room = (count) => {
    if (count <= 0) return undefined;
    const cell = element('td', { 'aria-hidden': 'true', class: 'blank' });
    cell.style.width = `${count * sizes.column}px`;
    return cell;
  };
  return [room(across.first), ...cells, room(columns.length - across.end)].filter(Boolean);
}

/** Room in place of rows that are not drawn. */
function blank(count) {
  if (count <= 0) return undefined;
  const row = element('tr', { 'aria-hidden': 'true' }, element('td', { class: 'blank' }));
  row.firstChild.style.height = `${count * ROW}px`;
  return row;
}

function targetHead({ index, columns, sizes }, column) {
  const { id, proxy, version, label, failed } = index.targets[columns[column]];
  const first = column === 0 || index.targets[columns[column - 1]].proxy !== proxy;
  const cell = element(
    'th',
    {
      ...position(-1, column),
      role: 'columnheader',
      title: id,
      class: classes(first && 'first', columns.length > WORDS && 'on-end'),
    },
    element(
      'span',
      {},
      element('b', {}, proxy),
      ` ${version}`,
      element('br'),
      failed ? element('em', {}, 'not probed') : label,
    ),
  );
  cell.style.width = `${sizes.column}px`;
  return cell;
}

/** @param {View} view */
export function headOf(view) {
  const { columns, sizes, across } = view;
  const heads = columns.slice(across.first, across.end).map((_, i) => targetHead(view, across.first + i));
  const corner = element('th', { ...position(-1, -1), role: 'columnheader', class: 'corner' }, 'Probe');
  corner.style.width = `${sizes.label}px`;
  const row = element('tr', { 'aria-rowindex': 1 }, corner, ...between(view, heads));
  row.style.height = `${sizes.head}px`;
  return element('thead', {}, row);
}

function probeLabel({ index }, probe, row) {
  const { id, title } = index.probes[probe];
  return element('th', { ...position(row, -1), role: 'rowheader', title: `${title} (${id})` }, title);
}

function groupLabel({ group, size, folded }, row) {
  return element(
    'th',
    { ...position(row, -1), role: 'rowheader', 'aria-expanded': String(!folded) },
    element('span', { class: 'fold', 'aria-hidden': 'true' }, folded ? '▸' : '▾'),
    group,
    element('span', { class: 'aside' }, ` ${size}`),
  );
}

function cellOf({ index, columns, signs }, probe, row, column) {
  const target = columns[column];
  const at = signAt(index, probe, target);
  const sign = index.signs[at];
  const value = index.values[probe * index.targets.length + target];
  const dim = signs.size > 0 && !signs.has(at);
  return element(
    'td',
    {
      ...position(row, column),
      role: 'gridcell',
      'aria-label': sign ? `${sign.name}${value === undefined ? '' : ` ${value}`}` : 'nothing',
      class: classes(sign && `s-${sign.name}`, value !== undefined && 'value', dim && 'dim'),
    },
    value ?? sign?.symbol ?? '',
  );
}

/** Beside the name of a group that is folded: the worst that is in it. */
function groupCell({ index, columns }, { folded, probes }, row, column) {
  const found = folded ? probes.map((probe) => signAt(index, probe, columns[column])).filter((at) => at >= 0) : [];
  const sign = index.signs[Math.min(...found)];
  return element(
    'td',
    {
      ...position(row, column),
      role: 'gridcell',
      'aria-label': sign ? `at worst ${sign.name}` : undefined,
      class: classes(sign && `s-${sign.name}`),
    },
    sign?.symbol ?? '',
  );
}

function rowOf(view, at) {
  const row = view.rows[at];
  const isGroup = row.group !== undefined;
  const cells = view.columns.slice(view.across.first, view.across.end).map((_, i) => {
    const column = view.across.first + i;
    return isGroup ? groupCell(view, row, at, column) : cellOf(view, row.probe, at, column);
  });
  return element(
    'tr',
    { 'aria-rowindex': at + 2, class: isGroup ? 'group' : undefined },
    isGroup ? groupLabel(row, at) : probeLabel(view, row.probe, at),
    ...between(view, cells),
  );
}

/** @param {View} view */
export function bodyOf(view) {
  const { rows, down } = view;
  const drawn = rows.slice(down.first, down.end).map((_, i) => rowOf(view, down.first + i));
  return element('tbody', {}, ...[blank(down.first), ...drawn, blank(rows.length - down.end)].filter(Boolean));
}
