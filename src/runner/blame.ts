import { EnvironmentError } from '../errors.ts';
import type { Probe } from '../probes/probe.ts';
import type { Expected, Fix, Hop } from '../proxies/target.ts';
import type { Cell } from '../report/document.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { attempt } from './attempt.ts';
import { type Outcome, symptomOf } from './outcome.ts';
import type { Setting } from './setting.ts';

/** How a probe went at the shorter chains, and whose doing that makes it. */
export interface Blame {
  readonly hops: NonNullable<Cell['hops']>;
  /** Each of these alone, or these only together; none when the shorter chains do not tell. */
  readonly guilty: readonly string[];
  /** Of the first of them. */
  readonly fix?: Fix;
  /** What is known of the first of them, where something is known of each. */
  readonly expected?: Expected;
}

interface Trial {
  readonly chain: string;
  readonly outcome: Outcome | undefined;
}

const isBroken = ({ outcome }: Trial): boolean => outcome?.kind === 'broken';

const symptomAt = ({ outcome }: Trial): string | undefined => outcome && symptomOf(outcome);

const elsewhere = ({ symptom: _, ...expected }: Expected): Expected => ({ ...expected, elsewhere: true });

function reported(trial: Trial): Blame['hops'][number] {
  const symptom = symptomAt(trial);
  const verdict =
    trial.outcome === undefined || trial.outcome.kind === 'fault' ? 'error' : isBroken(trial) ? 'fail' : 'pass';
  return { chain: trial.chain, verdict, ...(symptom === undefined ? {} : { symptom }) };
}

/**
 * Finds the hop of a chain that a broken probe is down to: each proxy is tried alone, the origin right behind it, and
 * where each of them does well, the chains from the origin outward, until one does not.
 *
 * @param hops the outermost first
 * @param setting how a probe is tried at an endpoint
 */
export async function blameFor(
  probe: Probe,
  hops: readonly Hop[],
  setting: (endpoint: Endpoint) => Setting,
): Promise<Blame> {
  const trialAt = async (chain: string, endpoint: () => Promise<Endpoint>): Promise<Trial> => {
    try {
      return { chain, outcome: await attempt(probe, setting(await endpoint())) };
    } catch (error) {
      if (error instanceof EnvironmentError) return { chain, outcome: undefined };
      throw error;
    }
  };
  const alone = await Promise.all(hops.map((hop) => trialAt(hop.name, () => hop.alone())));
  const guilty = hops.filter((_, i) => isBroken(alone[i]!));
  const first = guilty[0];
  if (first) {
    const symptom = symptomAt(alone[hops.indexOf(first)]!);
    const fix = symptom === undefined ? undefined : first.fix(symptom);
    const known = guilty.map((hop) => hop.expected(probe.id));
    const [expected] = known.every((one) => one !== undefined) ? known : [];
    return {
      hops: alone.map(reported),
      guilty: guilty.map(({ name }) => name),
      ...(fix ? { fix } : {}),
      // It is known of the proxy alone: others may make up for it, or show it in another way.
      ...(expected ? { expected: elsewhere(expected) } : {}),
    };
  }
  const trials = [...alone];
  for (let i = hops.length - 2; i > 0; i--) {
    const chain = hops.slice(i).map(({ name }) => name);
    const trial = await trialAt(chain.join('+'), async () => hops[i]!.behind);
    trials.push(trial);
    if (isBroken(trial)) return { hops: trials.map(reported), guilty: chain.slice(0, 2) };
  }
  const unknown = trials.some(({ outcome }) => outcome?.kind !== 'held');
  return { hops: trials.map(reported), guilty: unknown ? [] : hops.slice(0, 2).map(({ name }) => name) };
}
