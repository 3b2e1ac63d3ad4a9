import type { Target } from '../proxies/target.ts';
import type { Cell } from '../report/document.ts';
import { many } from '../report/statement.ts';
import type { Look } from '../report/terminal/look.ts';
import { counted, duration } from '../report/terminal/summary.ts';
import { cut, plain } from '../report/terminal/text.ts';
import type { RunEvent } from '../runner/event.ts';
import type { Outlet } from './outlet.ts';

/** ms between two drawings. */
const FRAME = 100;
/** Targets that the block shows; more would scroll, and what scrolls cannot be drawn again. */
const ROWS = 8;

interface Going {
  readonly target: Target;
  readonly since: number;
  doing: string;
  readonly cells: Cell[];
}

/** What happens, on stderr: a small block that is drawn again on a terminal, a line for each finished target elsewhere. */
export class Progress {
  readonly #err: Outlet;
  readonly #look: Look;
  readonly #total: number;
  #live: boolean;
  readonly #going = new Map<string, Going>();
  readonly #finished = new Set<string>();
  #drawn = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param total targets of the run */
  constructor(err: Outlet, look: Look, total: number, env: NodeJS.ProcessEnv) {
    this.#err = err;
    this.#look = look;
    this.#total = total;
    // A build server may give its log a terminal; nobody looks at it while it runs.
    this.#live = err.interactive && !env.CI && env.TERM !== 'dumb';
  }

  show(event: RunEvent): void {
    const { target } = event;
    // The cells of a target that could not be started come after it has been given up.
    if (this.#finished.has(target.id)) return;
    const going = this.#going.get(target.id) ?? { target, since: performance.now(), doing: 'starts', cells: [] };
    this.#going.set(target.id, going);
    if (event.kind === 'starting') going.doing = event.progress;
    if (event.kind === 'ready') going.doing = 'is probed';
    if (event.kind === 'cell') going.cells.push(event.cell);
    if (event.kind === 'failed') this.#finish(going, `could not be probed: ${plain(event.error.message)}`);
    if (event.kind === 'done') this.#finish(going, counted(going.cells, this.#look));
    if (this.#live) this.#timer ??= setInterval(() => this.#draw(), FRAME).unref();
  }

  #finish({ target, since }: Going, outcome: string): void {
    this.#going.delete(target.id);
    this.#finished.add(target.id);
    const time = this.#look.paint('dim', `(${duration(performance.now() - since)})`);
    this.#clear();
    void this.#err.write(`${plain(target.id)}  ${outcome}  ${time}\n`);
  }

  #draw(): void {
    const { width, paint } = this.#look;
    const going = [...this.#going.values()];
    const rows = going.slice(0, ROWS).map(({ target, doing, cells, since }) => {
      const count = cells.length > 0 ? `, ${many(cells.length, 'cell')}` : '';
      const seconds = Math.round((performance.now() - since) / 1000);
      return cut(`  ${plain(target.id)}  ${plain(doing)}${count}  ${seconds} s`, width - 1);
    });
    const more = going.length > ROWS ? [`  … ${going.length - ROWS} more`] : [];
    const head = `${this.#finished.size} of ${this.#total} targets done`;
    this.#clear();
    void this.#err.write(`${[head, ...rows, ...more].map((row) => paint('dim', row)).join('\n')}\n`);
    this.#drawn = 1 + rows.length + more.length;
  }

  /** Takes the block away. */
  #clear(): void {
    if (this.#drawn === 0) return;
    this.#err.rewind(this.#drawn);
    this.#drawn = 0;
  }

  /** No more drawing; what finishes from now on still has its line. */
  end(): void {
    this.#live = false;
    clearInterval(this.#timer);
    this.#clear();
  }
}
