import { element } from './elements.js';
import { signAt } from './selection.js';
import { scrollFor, windowOf } from './window.js';

/** px of a row, as the style sheet has it. */
const ROW = 30;
const SPARE = { rows: 6, columns: 4 };
/** So many columns have room for words above them; more stand on end. */
const WORDS = 10;

/** px of the parts of the table in this much room. */
function measures(room, count) {
  const least = Math.round(Math.min(400, Math.max(150, room * 0.36)));
  if (count > WORDS) return { label: least, column: 44, head: 168 };
  const column = Math.max(84, Math.min(132, Math.floor((room - least) / Math.max(1, count))));
  return { label: Math.max(least, Math.min(560, room - column * count)), column, head: 64 };
}

const idOf = ({ row, column }) => `at-${row + 1}-${column + 1}`;
/** The place of the cell that an element is in. */
function placeAt(node) {
  const [, row, column] = /^at-(\d+)-(\d+)$/.exec(node.closest('th, td')?.id ?? '') ?? [];
  return row === undefined ? undefined : { row: row - 1, column: column - 1 };
}
const classes = (...names) => names.filter(Boolean).join(' ') || undefined;

/** The matrix as a grid of which only what is in sight is in the page: its size costs nothing. */
export class Grid {
  #index;
  #onopen;
  #onfold;
  #rows = [];
  #columns = [];
  #signs = new Set();
  /** Row -1 are the targets, column -1 the probes. */
  #active = { row: 0, column: -1 };
  #sizes = measures(1000, 1);
  #drawn = '';
  /** Counts what was to be shown. */
  #selection = 0;
  #place;
  #room = 0;
  #table = element('table', { role: 'grid', tabindex: '0', 'aria-labelledby': 'matrix-title' });
  #scroller = element('div', { class: 'grid' }, this.#table);

  /**
   * @param {Element} place where it goes, and whose width is the room that it has
   * @param {(place: { probe?: number, target?: number }) => void} onopen
   * @param {(group: string) => void} onfold
   */
  constructor(index, place, onopen, onfold) {
    this.#index = index;
    this.#place = place;
    this.#room = place.clientWidth - 20;
    this.#onopen = onopen;
    this.#onfold = onfold;
    this.#scroller.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#table.addEventListener('keydown', (event) => this.#key(event));
    this.#table.addEventListener('click', (event) => this.#click(event));
    this.#table.addEventListener('pointerover', (event) => this.#point(event));
    new ResizeObserver(() => this.#fit()).observe(place);
    place.append(this.#scroller);
  }

  focus() {
    this.#table.focus({ preventScroll: true });
  }

  /** @param {ReadonlySet<number>} signs those that are looked for; other cells step back */
  show({ rows, columns }, signs) {
    this.#rows = rows;
    this.#columns = columns;
    this.#signs = signs;
    this.#selection++;
    const { row, column } = this.#active;
    this.#active = { row: Math.min(row, rows.length - 1), column: Math.min(column, columns.length - 1) };
    this.#resize();
  }

  /** Marks the place as the active one, when it is in the table, and brings it into sight. */
  activate({ probe, target }) {
    const row = probe === undefined ? -1 : this.#rows.findIndex((one) => one.probe === probe);
    const column = target === undefined ? -1 : this.#columns.indexOf(target);
    if ((probe !== undefined && row < 0) || (target !== undefined && column < 0)) return;
    this.#goto({ row, column });
  }

  #resize() {
    this.#sizes = measures(this.#room, this.#columns.length);
    this.#draw();
  }

  /** The room has changed: the frame takes as much as the table needs of it, and a scroll bar some more. */
  #fit() {
    const room = this.#place.clientWidth - 20;
    if (room === this.#room) return;
    this.#room = room;
    this.#resize();
    this.#goto(this.#active);
  }

  #goto({ row, column }) {
    const { label, column: width, head } = this.#sizes;
    const scroller = this.#scroller;
    this.#active = {
      row: Math.max(-1, Math.min(row, this.#rows.length - 1)),
      column: Math.max(-1, Math.min(column, this.#columns.length - 1)),
    };
    if (this.#active.row >= 0) {
      scroller.scrollTop = scrollFor(this.#active.row, ROW, scroller.scrollTop, scroller.clientHeight - head);
    }
    if (this.#active.column >= 0) {
      scroller.scrollLeft = scrollFor(this.#active.column, width, scroller.scrollLeft, scroller.clientWidth - label);
    }
    this.#draw();
  }

  /** Draws what is in sight, unless that is what is there. */
  #draw() {
    const { label, column: width, head } = this.#sizes;
    // The frame may not have its size yet: it has no more room than these.
    const { scrollTop, scrollLeft } = this.#scroller;
    const rows = windowOf(this.#rows.length, ROW, scrollTop, innerHeight - head, SPARE.rows);
    const columns = windowOf(this.#columns.length, width, scrollLeft, this.#room - label, SPARE.columns);
    const drawn = [this.#selection, label, width, rows.first, rows.end, columns.first, columns.end].join(' ');
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      const table = this.#table;
      table.style.width = `${label + width * this.#columns.length}px`;
      table.setAttribute('aria-rowcount', this.#rows.length + 1);
      table.setAttribute('aria-colcount', this.#columns.length + 1);
      const body = this.#rows.slice(rows.first, rows.end).map((row, i) => this.#row(row, rows.first + i, columns));
      const [above, below] = [this.#blank(rows.first), this.#blank(this.#rows.length - rows.end)];
      table.replaceChildren(
        element('thead', {}, this.#head(columns)),
        element('tbody', {}, ...[above, ...body, below].filter(Boolean)),
      );
    }
    this.#mark();
  }

  /** Marks the active cell, when it is drawn. */
  #mark() {
    const id = idOf(this.#active);
    this.#table.querySelector('.active')?.classList.remove('active');
    const cell = document.getElementById(id);
    cell?.classList.add('active');
    if (cell) this.#table.setAttribute('aria-activedescendant', id);
    else this.#table.removeAttribute('aria-activedescendant');
  }

  /** Rows that are not drawn, as room. */
  #blank(count) {
    if (count <= 0) return undefined;
    const row = element('tr', { 'aria-hidden': 'true' }, element('td', { class: 'blank' }));
    row.firstChild.style.height = `${count * ROW}px`;
    return row;
  }

  /** What every cell of the grid has: its place. */
  #position(row, column) {
    return { id: idOf({ row, column }), 'aria-colindex': column + 2 };
  }

  #between(columns, cells, tag) {
    const { column: width } = this.#sizes;
    const room = (count) => {
      if (count <= 0) return undefined;
      const cell = element(tag, { 'aria-hidden': 'true', class: 'blank' });
      cell.style.width = `${count * width}px`;
      return cell;
    };
    return [room(columns.first), ...cells, room(this.#columns.length - columns.end)].filter(Boolean);
  }

  #head(columns) {
    const { label, column: width, head } = this.#sizes;
    const onEnd = this.#columns.length > WORDS;
    const cells = this.#columns.slice(columns.first, columns.end).map((t, i) => {
      const column = columns.first + i;
      const { id, proxy, version, label: rest, failed } = this.#index.targets[t];
      const first = column === 0 || this.#index.targets[this.#columns[column - 1]].proxy !== proxy;
      const cell = element(
        'th',
        {
          ...this.#position(-1, column),
          role: 'columnheader',
          title: id,
          class: classes(first && 'first', onEnd && 'on-end'),
        },
        element(
          'span',
          {},
          element('b', {}, proxy),
          ` ${version}`,
          element('br'),
          failed ? element('em', {}, 'not probed') : rest,
        ),
      );
      cell.style.width = `${width}px`;
      return cell;
    });
    const corner = element('th', { ...this.#position(-1, -1), role: 'columnheader', class: 'corner' }, 'Probe');
    corner.style.width = `${label}px`;
    const row = element('tr', { 'aria-rowindex': 1 }, corner, ...this.#between(columns, cells, 'td'));
    row.style.height = `${head}px`;
    return row;
  }

  #row(row, at, columns) {
    const shown = this.#columns.slice(columns.first, columns.end);
    const cells = shown.map((t, i) =>
      row.group === undefined
        ? this.#cell(row.probe, t, at, columns.first + i)
        : this.#groupCell(row, t, at, columns.first + i),
    );
    const label = row.group === undefined ? this.#probeLabel(row.probe, at) : this.#groupLabel(row, at);
    return element(
      'tr',
      { 'aria-rowindex': at + 2, class: row.group === undefined ? undefined : 'group' },
      label,
      ...this.#between(columns, cells, 'td'),
    );
  }

  #probeLabel(probe, at) {
    const { id, title } = this.#index.probes[probe];
    return element('th', { ...this.#position(at, -1), role: 'rowheader', title: `${title} (${id})` }, title);
  }

  #groupLabel({ group, size, folded }, at) {
    return element(
      'th',
      { ...this.#position(at, -1), role: 'rowheader', 'aria-expanded': String(!folded) },
      element('span', { class: 'fold', 'aria-hidden': 'true' }, folded ? '▸' : '▾'),
      group,
      element('span', { class: 'aside' }, ` ${size}`),
    );
  }

  #cell(probe, target, at, column) {
    const sign = this.#index.signs[signAt(this.#index, probe, target)];
    const value = this.#index.values[probe * this.#index.targets.length + target];
    const seen = this.#signs.size === 0 || this.#signs.has(this.#index.signs.indexOf(sign));
    return element(
      'td',
      {
        ...this.#position(at, column),
        role: 'gridcell',
        'aria-label': sign ? `${sign.name}${value === undefined ? '' : ` ${value}`}` : 'nothing',
        class: classes(sign && `s-${sign.name}`, value !== undefined && 'value', !seen && 'dim'),
      },
      value ?? sign?.symbol ?? '',
    );
  }

  /** Above a group that is folded: the worst that is in it. */
  #groupCell({ folded, probes }, target, at, column) {
    const worst = folded
      ? Math.min(...probes.map((p) => signAt(this.#index, p, target)).filter((i) => i >= 0))
      : Infinity;
    const sign = this.#index.signs[worst];
    return element(
      'td',
      {
        ...this.#position(at, column),
        role: 'gridcell',
        'aria-label': sign ? `at worst ${sign.name}` : undefined,
        class: classes(sign && `s-${sign.name}`),
      },
      sign?.symbol ?? '',
    );
  }

  #open({ row, column }) {
    const { group, probe } = this.#rows[row] ?? {};
    const target = this.#columns[column];
    if (group !== undefined) this.#onfold(group);
    else if (probe !== undefined || target !== undefined) this.#onopen({ probe, target });
  }

  #click({ target }) {
    const place = placeAt(target);
    if (!place) return;
    this.#goto(place);
    this.focus();
    this.#open(place);
  }

  /** Lights the name of the target above the cell that the pointer is on. */
  #point({ target }) {
    const column = placeAt(target)?.column;
    this.#table.querySelector('.hot')?.classList.remove('hot');
    document.getElementById(idOf({ row: -1, column }))?.classList.add('hot');
  }

  #key(event) {
    const { row, column } = this.#active;
    const page = Math.max(1, Math.floor((this.#scroller.clientHeight - this.#sizes.head) / ROW) - 1);
    const moves = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: Math.max(0, row - page), column },
      PageDown: { row: row + page, column },
      Home: event.ctrlKey ? { row: 0, column: -1 } : { row, column: -1 },
      End: event.ctrlKey ? { row: Infinity, column: Infinity } : { row, column: Infinity },
    };
    if (event.key === 'Enter' || event.key === ' ') this.#open(this.#active);
    else if (Object.hasOwn(moves, event.key)) this.#goto(moves[event.key]);
    else return;
    event.preventDefault();
  }
}
