import type { Transport } from '../wire/endpoint.ts';
import type { KnownOutcome } from './descriptor.ts';
import { outcomeAt } from './knowledge.ts';
import { boundaryBetween, compareVersions } from './versions.ts';

/** What a probe came to at one place. */
interface Point {
  readonly transport: Transport;
  /** Undefined where it is not known. */
  readonly version?: string | undefined;
  readonly verdict: 'pass' | 'fail' | 'warn';
}

/** What a probe came to at a proxy that ran. */
export interface MeasuredPoint extends Point {
  /** The tag that was asked for, of which {@link version} is what really ran. */
  readonly asked?: string | undefined;
}

/** What was known of a probe at a variant before it was measured. */
export interface Told {
  readonly outcomes: readonly KnownOutcome[];
  /** The versions that the proxy is listed with. */
  readonly versions: readonly string[];
  /** All that the variant is reached over. */
  readonly transports: readonly Transport[];
}

/** A stretch of versions with one outcome. */
interface Stretch {
  readonly verdict: 'fail' | 'warn';
  readonly versions?: string;
  readonly because?: string;
}

function isSamePlace(one: Point, other: Point): boolean {
  return one.transport === other.transport && compareVersions(one.version ?? '', other.version ?? '') === 0;
}

/** Points of one place that disagree say nothing. */
function settled(points: readonly MeasuredPoint[]): MeasuredPoint[] {
  return points.filter((point) =>
    points.every((other) => other.verdict === point.verdict || !isSamePlace(other, point)),
  );
}

/** What the known outcomes say of the places that were not looked at. Nothing known at all is no pass either. */
function remembered({ outcomes, versions, transports }: Told, measured: readonly MeasuredPoint[]): Point[] {
  if (outcomes.length === 0) return [];
  return (versions.length > 0 ? versions : [undefined]).flatMap((version) =>
    transports
      .filter((transport) => !measured.some((point) => point.transport === transport && point.asked === version))
      .map((transport) => ({
        transport,
        version,
        verdict: outcomeAt(outcomes, version, transport)?.verdict ?? 'pass',
      })),
  );
}

function rangeOf(versions: readonly (string | undefined)[], first: number, last: number): { versions?: string } {
  const at = (i: number): string => versions[i] ?? '';
  const bounds = [
    ...(first > 0 ? [`>=${boundaryBetween(at(first - 1), at(first))}`] : []),
    ...(last < versions.length - 1 ? [`<${boundaryBetween(at(last), at(last + 1))}`] : []),
  ];
  return bounds.length > 0 ? { versions: bounds.join(' ') } : {};
}

/** The outcomes over one transport, from the oldest version to the newest. A stretch ends where a version differs. */
function stretchesOf(points: readonly Point[], told: readonly KnownOutcome[]): Stretch[] {
  const sorted = [...points].sort((a, b) => compareVersions(a.version ?? '', b.version ?? ''));
  const versions = sorted.map(({ version }) => version);
  const stretches: Stretch[] = [];
  for (let first = 0; first < sorted.length; ) {
    const { verdict } = sorted[first]!;
    const differs = sorted.findIndex((point, i) => i > first && point.verdict !== verdict);
    const end = differs < 0 ? sorted.length : differs;
    if (verdict !== 'pass') {
      const because = sorted
        .slice(first, end)
        .map(({ version, transport }) => outcomeAt(told, version, transport))
        .find((outcome) => outcome?.verdict === verdict && outcome.because !== undefined)?.because;
      stretches.push({ verdict, ...rangeOf(versions, first, end - 1), ...(because === undefined ? {} : { because }) });
    }
    first = end;
  }
  return stretches;
}

/** The shortest list of outcomes that says all of these points. */
function outcomesOf(points: readonly Point[], told: Told): KnownOutcome[] {
  const groups: { stretches: Stretch[]; transports: Transport[] }[] = [];
  for (const transport of told.transports) {
    const here = points.filter((point) => point.transport === transport);
    if (here.length === 0) continue;
    const stretches = stretchesOf(here, told.outcomes);
    const same = groups.find((group) => JSON.stringify(group.stretches) === JSON.stringify(stretches));
    if (same) same.transports.push(transport);
    else groups.push({ stretches, transports: [transport] });
  }
  return groups.flatMap(({ stretches, transports }) =>
    stretches.map(({ verdict, versions, because }) => ({
      verdict,
      ...(versions === undefined ? {} : { versions }),
      ...(groups.length === 1 ? {} : { transports }),
      ...(because === undefined ? {} : { because }),
    })),
  );
}

/**
 * The known outcomes of a probe at a variant, brought up to date. Between two versions that differ, the newer one is
 * taken for the change. Versions and transports that were not looked at keep what is known of them; where nothing is
 * known of them they are taken to be as the others. Reasons are kept.
 *
 * @returns undefined when what is known still holds
 */
export function updatedOutcomes(measured: readonly MeasuredPoint[], told: Told): KnownOutcome[] | undefined {
  const points = settled(measured);
  const holds = points.every(
    ({ version, transport, verdict }) => (outcomeAt(told.outcomes, version, transport)?.verdict ?? 'pass') === verdict,
  );
  return holds ? undefined : outcomesOf([...remembered(told, points), ...points], told);
}
