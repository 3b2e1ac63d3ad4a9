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
  /** One of these; undefined where none is told. */
  readonly symptom?: readonly string[] | undefined;
}

/** What a probe came to at a proxy that ran. */
export interface MeasuredPoint extends Omit<Point, 'symptom'> {
  readonly symptom?: string | undefined;
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
  readonly symptom?: readonly string[];
  readonly versions?: string;
  readonly because?: string;
  readonly race?: true;
}

function isSamePlace(one: MeasuredPoint, other: MeasuredPoint): boolean {
  return one.transport === other.transport && compareVersions(one.version ?? '', other.version ?? '') === 0;
}

/** Points of one place that disagree say nothing; those that disagree on the symptom alone say nothing of it. */
function settled(points: readonly MeasuredPoint[]): MeasuredPoint[] {
  return points
    .filter((point) => points.every((other) => other.verdict === point.verdict || !isSamePlace(other, point)))
    .map((point) => {
      const agreed = points.every((other) => other.symptom === point.symptom || !isSamePlace(other, point));
      return agreed ? point : { ...point, symptom: undefined };
    });
}

/** Whether a known outcome says what was measured: the verdict, and the symptom if there is one. */
function says(known: KnownOutcome | undefined, { verdict, symptom }: MeasuredPoint): boolean {
  if ((known?.verdict ?? 'pass') !== verdict) return false;
  return verdict === 'pass' || symptom === undefined || (known?.symptom?.includes(symptom) ?? false);
}

/** A measured point as it is to be known. Where several symptoms are known, the one that was seen leaves the others be. */
function learned(point: MeasuredPoint, told: readonly KnownOutcome[]): Point {
  const { transport, version, verdict, symptom } = point;
  const known = outcomeAt(told, version, transport);
  const same = says(known, point) ? known?.symptom : undefined;
  return { transport, version, verdict, symptom: same ?? (symptom === undefined ? undefined : [symptom]) };
}

/** What the known outcomes say of the places that were not looked at. Nothing known at all is no pass either. */
function remembered({ outcomes, versions, transports }: Told, measured: readonly MeasuredPoint[]): Point[] {
  if (outcomes.length === 0) return [];
  return (versions.length > 0 ? versions : [undefined]).flatMap((version) =>
    transports
      .filter((transport) => !measured.some((point) => point.transport === transport && point.asked === version))
      .map((transport) => {
        const { verdict = 'pass', symptom } = outcomeAt(outcomes, version, transport) ?? {};
        return { transport, version, verdict, symptom: symptom ?? symptomIn(measured, verdict) };
      }),
  );
}

/** The symptom that all measured points of a verdict have, if it is one. */
function symptomIn(measured: readonly MeasuredPoint[], verdict: Point['verdict']): string[] | undefined {
  const seen = new Set(measured.flatMap((point) => (point.verdict === verdict ? [point.symptom] : [])));
  const [only] = seen;
  return seen.size === 1 && only !== undefined ? [only] : undefined;
}

const isSameOutcome = (one: Point, other: Point): boolean =>
  one.verdict === other.verdict && String(one.symptom) === String(other.symptom);

function rangeOf(versions: readonly (string | undefined)[], first: number, last: number): { versions?: string } {
  const at = (i: number): string => versions[i] ?? '';
  const bounds = [
    ...(first > 0 ? [`>=${boundaryBetween(at(first - 1), at(first))}`] : []),
    ...(last < versions.length - 1 ? [`<${boundaryBetween(at(last), at(last + 1))}`] : []),
  ];
  return bounds.length > 0 ? { versions: bounds.join(' ') } : {};
}

/** Whether a reason that is given for an outcome is one for these symptoms. */
const isOf = ({ symptom: known }: KnownOutcome, symptom: readonly string[] | undefined): boolean =>
  known === undefined || symptom === undefined || symptom.some((one) => known.includes(one));

/** The outcomes over one transport, from the oldest version to the newest. A stretch ends where a version differs. */
function stretchesOf(points: readonly Point[], told: readonly KnownOutcome[]): Stretch[] {
  const sorted = [...points].sort((a, b) => compareVersions(a.version ?? '', b.version ?? ''));
  const versions = sorted.map(({ version }) => version);
  const stretches: Stretch[] = [];
  for (let first = 0; first < sorted.length; ) {
    const { verdict, symptom } = sorted[first]!;
    const differs = sorted.findIndex((point, i) => i > first && !isSameOutcome(point, sorted[first]!));
    const end = differs < 0 ? sorted.length : differs;
    if (verdict !== 'pass') {
      const before = sorted
        .slice(first, end)
        .flatMap(({ version, transport }) => outcomeAt(told, version, transport) ?? [])
        .filter((outcome) => outcome.verdict === verdict && isOf(outcome, symptom));
      const because = before.find((outcome) => outcome.because !== undefined)?.because;
      stretches.push({
        verdict,
        ...(symptom === undefined ? {} : { symptom }),
        ...rangeOf(versions, first, end - 1),
        ...(because === undefined ? {} : { because }),
        ...(before.some(({ race }) => race) ? { race: true } : {}),
      });
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
    stretches.map(({ verdict, symptom, versions, because, race }) => ({
      verdict,
      ...(symptom === undefined ? {} : { symptom: [...symptom] }),
      ...(versions === undefined ? {} : { versions }),
      ...(groups.length === 1 ? {} : { transports }),
      ...(because === undefined ? {} : { because }),
      ...(race ? { race } : {}),
    })),
  );
}

/**
 * The known outcomes of a probe at a variant, brought up to date. Between two versions that differ, the newer one is
 * taken for the change. Versions and transports that were not looked at keep what is known of them; where nothing is
 * known of them they are taken to be as the others. Reasons are kept where the symptom is the same.
 *
 * @returns undefined when what is known still holds
 */
export function updatedOutcomes(measured: readonly MeasuredPoint[], told: Told): KnownOutcome[] | undefined {
  // A race that was won once is not over: that version is as if it had not been looked at.
  const isWon = ({ verdict, version, transport }: MeasuredPoint): boolean =>
    verdict === 'pass' && outcomeAt(told.outcomes, version, transport)?.race === true;
  const points = settled(measured).filter((point) => !isWon(point));
  const holds = points.every((point) => says(outcomeAt(told.outcomes, point.version, point.transport), point));
  if (holds) return undefined;
  return outcomesOf([...remembered(told, points), ...points.map((point) => learned(point, told.outcomes))], told);
}
