import { bodyOf, headOf, idOf, measures, placeAt, ROW } from './drawing.js';
import { element } from './elements.js';
import { scrollFor, windowOf } from './window.js';

/** Rows and columns that are drawn beyond those in sight. */
const SPARE = { rows: 6, columns: 4 };

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
    const down = windowOf(this.#rows.length, ROW, scrollTop, innerHeight - head, SPARE.rows);
    const across = windowOf(this.#columns.length, width, scrollLeft, this.#room - label, SPARE.columns);
    const drawn = [this.#selection, label, width, down.first, down.end, across.first, across.end].join(' ');
    if (drawn !== this.#drawn) {
      this.#drawn = drawn;
      const view = {
        index: this.#index,
        rows: this.#rows,
        columns: this.#columns,
        signs: this.#signs,
        sizes: this.#sizes,
      };
      const table = this.#table;
      table.style.width = `${label + width * this.#columns.length}px`;
      table.setAttribute('aria-rowcount', this.#rows.length + 1);
      table.setAttribute('aria-colcount', this.#columns.length + 1);
      table.replaceChildren(headOf({ ...view, down, across }), bodyOf({ ...view, down, across }));
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
