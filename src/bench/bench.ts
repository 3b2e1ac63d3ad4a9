import { randomBytes } from 'node:crypto';
import { EnvironmentError } from '../errors.ts';
import type { RunningTarget, Target } from '../proxies/target.ts';
import { openOrigins, placeOf, runCertificates, straight } from '../runner/origins.ts';
import { trusting } from '../wire/connect.ts';
import { Unexpected } from '../wire/unexpected.ts';
import type { Side } from './echo-client.ts';
import { LOADS, type Load, type Sample } from './loads.ts';

/** One number through the proxy, and the same without it. */
export interface Figure {
  /** A stable name, for programs: `roundTripP99`. */
  readonly name: string;
  readonly title: string;
  readonly unit: Load['unit'];
  readonly through: number;
  readonly direct: number;
}

/** What a proxy costs, in numbers. */
export interface Benchmark {
  readonly target: string;
  readonly version?: string;
  readonly image?: string;
  /** Connections of the loads that have several. */
  readonly connections: number;
  /** ms that each load took on each side. */
  readonly durationMs: number;
  readonly figures: readonly Figure[];
}

/** How a target is loaded. */
export interface BenchOptions {
  /** ms for each load on each side. */
  readonly duration: number;
  readonly connections: number;
  /** ms that any single wait may take. */
  readonly patience: number;
  readonly keep?: boolean;
  readonly signal: AbortSignal;
  /** Progress in words. */
  readonly tell: (progress: string) => void;
}

/** Each load is cut into so many turns, and the sides take turns: what slows the machine down slows both of them down. */
const TURNS = 4;

function quantile(samples: readonly Sample[], share: number): number {
  const times = samples.flatMap((sample) => ('times' in sample ? sample.times : [])).sort((a, b) => a - b);
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
}

function rate(samples: readonly Sample[], per: number): number {
  const sum = (of: (sample: { count: number; ms: number }) => number): number =>
    samples.reduce((all, sample) => all + ('count' in sample ? of(sample) : 0), 0);
  return sum(({ count }) => count) / per / (sum(({ ms }) => ms) / 1000);
}

/** Three digits that count: more of them say nothing. */
const rounded = (value: number): number => Number(value.toPrecision(3));

function figuresOf(
  { name, title, unit, per = 1 }: Load,
  through: readonly Sample[],
  direct: readonly Sample[],
): Figure[] {
  const figure = (suffix: string, what: string, of: (samples: readonly Sample[]) => number): Figure => ({
    name: `${name}${suffix}`,
    title: `${title}${what}`,
    unit,
    through: rounded(of(through)),
    direct: rounded(of(direct)),
  });
  if (unit !== 'ms') return [figure('', '', (samples) => rate(samples, per))];
  return [
    figure('', ', median', (samples) => quantile(samples, 0.5)),
    figure('P99', ', 99th percentile', (samples) => quantile(samples, 0.99)),
  ];
}

async function loadBoth(load: Load, through: Side, direct: Side, options: BenchOptions): Promise<Figure[]> {
  const { duration, connections, signal } = options;
  const samples: { through: Sample[]; direct: Sample[] } = { through: [], direct: [] };
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [side, into] of [
      [direct, samples.direct],
      [through, samples.through],
    ] as const) {
      signal.throwIfAborted();
      into.push(await load.run(side, duration / TURNS, connections));
    }
  }
  return figuresOf(load, samples.through, samples.direct);
}

async function measure(
  running: RunningTarget,
  direct: Side,
  target: Target,
  options: BenchOptions,
): Promise<Benchmark> {
  const { version, image, endpoint } = running;
  const figures: Figure[] = [];
  for (const load of LOADS) {
    options.tell(`${target.id}  ${load.title}`);
    figures.push(...(await loadBoth(load, { ...direct, endpoint }, direct, options)));
  }
  return {
    target: target.id,
    ...(version === undefined ? {} : { version }),
    ...(image === undefined ? {} : { image }),
    connections: options.connections,
    durationMs: options.duration,
    figures,
  };
}

/**
 * Loads a target and, in turns with it, the origin alone. All that it starts it stops.
 *
 * @throws EnvironmentError when the target cannot be brought up or does not hold; the signal's reason when it is aborted
 */
export async function bench(target: Target, options: BenchOptions): Promise<Benchmark> {
  const { signal, tell, patience, keep } = options;
  const certificates = runCertificates();
  const origins = await openOrigins(target, certificates);
  const [first, second] = origins;
  try {
    tell(`${target.id}  starts`);
    const running = await target.start({
      runId: randomBytes(6).toString('hex'),
      origin: placeOf(first),
      ...(second ? { secondOrigin: placeOf(second) } : {}),
      listenAs: (upstream) => first.listenAs(upstream),
      certificates,
      signal,
      tell: (progress) => tell(`${target.id}  ${progress}`),
      ...(keep ? { keep } : {}),
    });
    try {
      const endpoint = straight(first, trusting(certificates.ca), running.endpoint.transport);
      return await measure(running, { endpoint, stamp: first.stampFor(''), patience }, target, options);
    } catch (error) {
      if (!(error instanceof Unexpected)) throw error;
      throw new EnvironmentError(`${target.id} does not hold under load: ${error.expected} was due, ${error.actual}.`);
    } finally {
      await running.stop();
    }
  } finally {
    for (const origin of origins) await origin?.close();
  }
}
