import { type Origin, startOrigin } from '../src/origin/server.ts';
import type { Probe } from '../src/probes/probe.ts';
import type { ModuleProxy, ModuleRun } from '../src/proxies/proxy.ts';
import { attempt } from '../src/runner/attempt.ts';
import { Control } from '../src/runner/control.ts';
import { Gate } from '../src/runner/gate.ts';
import { straight } from '../src/runner/origins.ts';
import { type Outcome, symptomOf } from '../src/runner/outcome.ts';
import { turnsOf } from '../src/runner/turns.ts';
import { makeCertificates } from '../src/wire/certificate.ts';
import { trusting } from '../src/wire/connect.ts';
import type { Endpoint, Transport } from '../src/wire/endpoint.ts';
import type { Mutant } from './mutants/mutant.ts';
import type { RelayRun } from './mutants/relay.ts';

export const loopback = (port: number): Endpoint => ({
  transport: 'ws',
  host: '127.0.0.1',
  port,
  authority: `127.0.0.1:${port}`,
  base: '',
});

/** Where a proxy in this process is: over HTTP/2 when it knows nothing else. */
const endpointOf = ({ ports: { ws, h2 } }: ModuleRun): Endpoint =>
  ws === undefined ? { ...loopback(h2!), transport: 'h2', insecure: true } : loopback(ws);

/** ms: what is to come on loopback is there long before; what is not to come costs this much per mutant. */
const PATIENCE = 1500;

/** ms for a second look at what a busy machine may have spoilt, and where nothing is waited for in vain. */
const GREAT_PATIENCE = 20_000;

/** ms of silence: for a mutant to break it, and for a proxy that behaves to bear it. */
const IDLE = 1000;
const SHORT_IDLE = 500;

/** Connections that a load probe opens: what breaks with hundreds can be shown with two dozen. */
const CROWD = 24;

/** What can be said behind one origin, and what needs two. */
export const needsTwo = ({ requires }: Probe): boolean => requires?.includes('two-origins') ?? false;

/** It moves megabytes, opens dozens of connections, reloads or waits. What a proxy does to heads makes no difference to it. */
export const isWeighty = ({ id, tag, exclusive = false }: Probe): boolean =>
  exclusive || tag === 'slow' || /^(backpressure|messages)\//.test(id);

/** It is about what comes long after the heads, and so nothing to do with what becomes of them. */
export const isLate = ({ id }: Probe): boolean => /^(close|lifetime)\//.test(id);

/** Probes that are tried straight at the origin at a time, as in a run. */
const AT_ONCE = 24;

/** A busy machine may take its time. */
const unhurried = (probe: Probe): Probe => ({ ...probe, timeout: 3 * GREAT_PATIENCE });

/** Runs these probes through a proxy in this process. */
export async function prove(
  proxy: ModuleProxy,
  probes: readonly Probe[],
  { patience = PATIENCE, idle = IDLE } = {},
): Promise<Map<string, Outcome>> {
  const origin: Origin = await startOrigin();
  const two = probes.some(({ requires }) => requires?.includes('two-origins'));
  const second = two ? await startOrigin({ name: 'b', beside: origin }) : undefined;
  const running = await proxy.start({
    origin: { host: '127.0.0.1', port: origin.port },
    ...(second ? { secondOrigin: { host: '127.0.0.1', port: second.port } } : {}),
    variant: 'default',
  });
  const { memory = async () => 0 } = running as Partial<RelayRun>;
  const stop = new AbortController();
  try {
    const setting = {
      endpoint: endpointOf(running),
      direct: loopback(origin.port),
      journal: origin.journal,
      stampFor: origin.stampFor,
      patience,
      idle,
      seed: 1,
      crowd: CROWD,
      proxy: { reload: async () => running.reload?.(), terminate: () => running.close(), memory },
      origins: second ? [origin, second] : [origin],
      signal: stop.signal,
    };
    const outcomes = new Map<string, Outcome>();
    for (const turn of turnsOf(probes)) {
      await Promise.all(turn.map(async (probe) => outcomes.set(probe.id, await attempt(unhurried(probe), setting))));
    }
    return outcomes;
  } finally {
    stop.abort();
    await running.close();
    await origin.close();
    await second?.close();
  }
}

/** What a mutant did to a probe. */
export interface Proof {
  readonly probe: string;
  /** Undefined when the probe held, or nothing known fits. */
  readonly symptom: string | undefined;
  /** The expectation that did not hold: the probe, and the line in its compiled code. */
  readonly at: string | undefined;
  readonly told: string;
}

/** Which of these probes do not hold on a proxy that behaves, seen twice; in words. */
export async function redOn(innocent: ModuleProxy, probes: readonly Probe[]): Promise<string[]> {
  let red = probes;
  let outcomes = new Map<string, Outcome>();
  for (let look = 0; look < 2 && red.length > 0; look++) {
    outcomes = await prove(innocent, red, { patience: GREAT_PATIENCE, idle: SHORT_IDLE });
    red = red.filter(({ id }) => outcomes.get(id)?.kind !== 'held');
  }
  return red.map(({ id }) => `${id}: ${tell(outcomes.get(id))}`);
}

/** Which of these probes do not hold straight at the origin, where the control run tries them; in words. */
export async function redStraight(transport: Transport, probes: readonly Probe[]): Promise<string[]> {
  const certificates = makeCertificates(['localhost', '127.0.0.1']);
  const trust = trusting(certificates.ca);
  const origin = await startOrigin({ tls: certificates.server });
  const stop = new AbortController();
  const control = new Control((over) => {
    const endpoint = straight(origin, trust, over);
    const { journal, stampFor } = origin;
    const usual = { patience: GREAT_PATIENCE, idle: SHORT_IDLE, crowd: CROWD, seed: 1, signal: stop.signal };
    return { ...usual, journal, stampFor, endpoint, direct: endpoint };
  });
  try {
    const gate = new Gate(AT_ONCE);
    // Those that run alone come last: each of them waits for all before it, and those for the slowest of them.
    const ordered = [...probes].sort((one, other) => Number(one.exclusive ?? false) - Number(other.exclusive ?? false));
    const outcomes = await Promise.all(
      ordered.map((probe) => {
        const task = () => control.outcome(unhurried(probe), transport);
        return probe.exclusive ? gate.alone(task) : gate.through(task);
      }),
    );
    return ordered.flatMap(({ id }, i) => (outcomes[i]!.kind === 'held' ? [] : [`${id}: ${tell(outcomes[i])}`]));
  } finally {
    stop.abort();
    await origin.close();
  }
}

/** Runs the probes that a mutant is to break, and says what came of each; what is not as it should be is seen twice. */
export async function proofsOf(mutant: Mutant, probes: readonly Probe[]): Promise<Proof[]> {
  const proofs = await look(mutant, probes, PATIENCE);
  const right = proofs.every(({ probe, symptom }) => symptom === mutant.breaks[probe]);
  return right ? proofs : look(mutant, probes, GREAT_PATIENCE);
}

async function look(mutant: Mutant, probes: readonly Probe[], patience: number): Promise<Proof[]> {
  const outcomes = await prove(mutant.proxy, probes, { patience });
  return [...outcomes].map(([probe, outcome]) => {
    if (outcome.kind !== 'broken') return { probe, symptom: undefined, at: undefined, told: tell(outcome) };
    const [, file, line] = /[\\/]probes[\\/]([\w-]+[\\/][\w-]+)\.js:(\d+)/.exec(outcome.failure.stack ?? '') ?? [];
    const at = file === undefined ? undefined : `${file.replaceAll('\\', '/')}:${line}`;
    return { probe, symptom: symptomOf(outcome), at, told: tell(outcome) };
  });
}

/** An outcome in words, for a failing test. */
export function tell(outcome: Outcome | undefined): string {
  if (!outcome) return 'it was not run';
  if (outcome.kind === 'held') return 'it held';
  if (outcome.kind === 'fault') return `a fault of ours: ${outcome.error.stack}`;
  return `${outcome.failure.message} [${symptomOf(outcome) ?? 'no symptom'}]`;
}
