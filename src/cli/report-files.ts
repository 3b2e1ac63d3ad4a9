import { open, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { suggestion, UsageError } from '../errors.ts';
import type { Reporter, Reporters } from '../report/reporters.ts';
import type { Outlet } from './outlet.ts';
import { requireOurs } from './overwriting.ts';
import { besideOf, replaceFile } from './replace-file.ts';
import type { Pair } from './values.ts';

/** ms between two writes of a run that goes on, at least. */
const EVERY = 300;
/** Part of the time that writing may take: a large report must not slow its own run down. */
const SHARE = 0.1;

interface ReportFile<T> {
  /** As the user wrote it. */
  readonly shown: string;
  readonly path: string;
  readonly reporter: Reporter<T>;
  /** A device or a pipe: written once, at the end, and never replaced. */
  readonly special: boolean;
  /** One of this process's own streams. */
  readonly outlet?: Outlet;
}

/** How reports are written. */
export interface WritingOptions {
  /** Write over files that are something else. */
  readonly force: boolean;
  /** The streams of this process: opened by their names a second time, what was redirected to a file would be lost. */
  readonly out: Outlet;
  readonly err: Outlet;
}

async function findPlace<T>(
  known: Reporters<T>,
  [name, shown]: Pair,
  { force, out, err }: WritingOptions,
): Promise<ReportFile<T>> {
  const reporter = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!reporter) {
    const names = Object.keys(known);
    throw new UsageError(`There is no reporter "${name}".${suggestion(name, names)} There are: ${names.join(', ')}.`);
  }
  const outlet = { '/dev/stdout': out, '/dev/stderr': err }[shown];
  if (outlet) return { shown, path: shown, reporter, special: true, outlet };
  // Through a link, so that the file that it leads to is replaced and not the link.
  const path = await realpath(shown).catch(() => resolve(shown));
  const found = await stat(path).catch(() => undefined);
  const place = { shown, path, reporter, special: found !== undefined && !found.isFile() };
  if (found?.isDirectory()) throw new UsageError(`The report cannot be written to ${shown}: it is a directory.`);
  if (place.special) return place;
  const missing = found && reporter.part?.missing(await readFile(path, 'utf8'));
  if (missing !== undefined) throw new UsageError(`The report cannot be written into ${shown}: ${missing}.`);
  const probe = besideOf(path);
  try {
    if (found && !reporter.part && !force) await requireOurs(path, shown, `${name} report`, reporter.signature);
    if (found) await (await open(path, 'r+')).close();
    await (await open(probe, 'w')).close();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The report cannot be written to ${shown}: ${(error as Error).message}.`);
  } finally {
    await rm(probe, { force: true });
  }
  return place;
}

/** What the file is to hold. One of which only a part is ours is read again each time: somebody may have edited it. */
async function contentsFor<T>({ path, reporter, special }: ReportFile<T>, report: T): Promise<string> {
  const existing = special || !reporter.part ? undefined : await readFile(path, 'utf8').catch(() => undefined);
  return existing === undefined ? reporter.render(report) : reporter.part!.insert(existing, report);
}

/**
 * The files that a report (or a comparison of two) is written to. Those of a run are written again and again while it
 * goes on, each time whole, so that a run that is killed leaves what it knew.
 */
export class ReportFiles<T> {
  readonly #files: readonly ReportFile<T>[];
  #latest: (() => T) | undefined;
  #loop: Promise<void> | undefined;
  readonly #ended = new AbortController();

  private constructor(files: readonly ReportFile<T>[]) {
    this.#files = files;
  }

  /**
   * @throws UsageError for a reporter that there is not, a place that cannot be written to, and a file that is something
   *   else than a report of ours
   */
  static async at<T>(requests: readonly Pair[], known: Reporters<T>, options: WritingOptions): Promise<ReportFiles<T>> {
    return new ReportFiles(await Promise.all(requests.map((request) => findPlace(known, request, options))));
  }

  /** There is something new: it is written at once, or together with what is new until the next time. */
  offer(draw: () => T): void {
    if (this.#files.length === 0) return;
    this.#latest = draw;
    this.#loop ??= this.#writeLatest();
  }

  async #writeLatest(): Promise<void> {
    while (this.#latest && !this.#ended.signal.aborted) {
      const started = performance.now();
      const draw = this.#latest;
      this.#latest = undefined;
      await this.#write(draw(), false);
      const pause = Math.max(EVERY, (performance.now() - started) / SHARE);
      await delay(pause, undefined, { signal: this.#ended.signal }).catch(() => {});
    }
    this.#loop = undefined;
  }

  /** Writes the report for the last time. @returns what could not be written, in sentences */
  async finish(report: T): Promise<string[]> {
    this.#ended.abort();
    await this.#loop;
    return this.#write(report, true);
  }

  async #write(report: T, last: boolean): Promise<string[]> {
    const faults: string[] = [];
    for (const file of this.#files) {
      const { path, shown, special, outlet } = file;
      if (special && !last) continue;
      try {
        const contents = await contentsFor(file, report);
        if (outlet) await outlet.write(contents);
        else await (special ? writeFile(path, contents) : replaceFile(path, contents));
      } catch (error) {
        faults.push(`The report could not be written to ${shown}: ${(error as Error).message}.`);
      }
    }
    return faults;
  }
}
