import { randomBytes } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import type { Entrance, Origin } from '../origin/server.ts';
import type { Surroundings, Target } from '../proxies/target.ts';
import type { Report, StreamEntry } from '../report/document.ts';
import type { RunCertificates } from '../wire/certificate.ts';
import { trusting } from '../wire/connect.ts';
import { Control } from './control.ts';
import type { RunEvent } from './event.ts';
import { Gate } from './gate.ts';
import { Ledger } from './ledger.ts';
import { openPair, openSharedOrigin, placeOf, runCertificates, straight } from './origins.ts';
import { Pacer } from './pacer.ts';
import type { Plan } from './plan.ts';
import { probeTarget } from './probe-target.ts';
import { RemoteOrigin } from './remote-origin.ts';
import type { Setting } from './setting.ts';
import type { Shard } from './shard.ts';
import { upstreamNotes } from './upstreams.ts';

/** What is run, and how. */
export interface RunOptions {
  readonly plan: Plan;
  /** Which part of the matrix the plan is, if it is not the whole. */
  readonly shard?: Shard;
  readonly toolVersion: string;
  readonly command: string;
  /** For keys, masks and payloads. Default 1: the same bytes in each run. */
  readonly seed?: number;
  /** ms that any single wait may take. Default 5000. */
  readonly patience?: number;
  /** ms of silence to be tried. Default 5000. */
  readonly idle?: number;
  /** How many connections are many. Default 500. */
  readonly crowd?: number;
  /** Targets at a time. Default 2. */
  readonly jobs?: number;
  /** Further tries of an unexpected failure; tries that disagree are no verdict. Default 1. */
  readonly retries?: number;
  readonly showSecrets?: boolean;
  readonly keep?: boolean;
  /** Stops the run: what runs is ended and cleaned up, the report says `partial`. */
  readonly signal?: AbortSignal;
  /** Is told each result at once, to be kept: what a run that is killed leaves (report/stream.ts reads it). */
  readonly record?: (entry: StreamEntry) => void;
  readonly watch?: (event: RunEvent, draw: (status: Report['run']['status']) => Report) => void;
}

/** What the targets of a run have in common. */
interface Common {
  readonly options: RunOptions;
  readonly runId: string;
  readonly certificates: RunCertificates;
  /** In the authority of the certificates. */
  readonly trust: SecureContext;
  /** The part of each setting that is the same for all probes. */
  readonly limits: Pick<Setting, 'patience' | 'idle' | 'crowd' | 'seed' | 'signal'>;
  readonly control: Control;
  readonly pacer: Pacer;
  readonly ledger: Ledger;
  readonly watch: (event: RunEvent) => void;
}

/** Probes a target on these origins: one, or two that are its own. */
async function probeOn(target: Target, origins: readonly [Origin, ...Origin[]], common: Common): Promise<void> {
  const { options, runId, certificates, trust, limits, control, pacer, ledger, watch } = common;
  const [origin] = origins;
  const { journal, stampFor } = origin;
  const [first, second] = origins.map(placeOf);
  const { foreign, remote } = target.originNeeds;
  const far = remote && new RemoteOrigin(remote.token);
  const entrances = new Map<string, Entrance>();
  const surroundings: Surroundings = {
    runId,
    origin: first!,
    ...(second ? { secondOrigin: second } : {}),
    listenAs: async (upstream) => {
      // A target that is started again asks again.
      await entrances.get(upstream)?.close();
      const entrance = await origin.listenAs(upstream);
      entrances.set(upstream, entrance);
      return entrance;
    },
    knocked: async (since) => (await journal.unreadable()).some(({ at }) => at >= since),
    certificates,
    signal: limits.signal,
    tell: (progress) => watch({ kind: 'starting', target, progress }),
    ...(options.keep ? { keep: true } : {}),
  };
  try {
    await probeTarget(target, {
      cells: options.plan.cells.filter((cell) => cell.target === target),
      surroundings,
      setting: (endpoint) => ({
        ...limits,
        journal,
        stampFor,
        endpoint,
        direct: straight(origin, trust, endpoint.transport),
        origins,
        ...(foreign ? { foreign } : {}),
        ...far?.settingAt(endpoint, journal),
      }),
      ...(far ? { prove: (endpoint) => far.prove(endpoint) } : {}),
      control,
      pacer,
      ledger,
      retries: options.retries ?? 1,
      showSecrets: options.showSecrets ?? false,
      originPorts: origins.map(placeOf).flatMap(({ port, tlsPort }) => [port, tlsPort]),
      watch,
    });
    for (const note of upstreamNotes([...entrances.values()])) ledger.note(target, note);
  } finally {
    await Promise.all([...entrances.values()].map((entrance) => entrance.close()));
  }
}

/** Probes a target on the origin that all share, or on two of its own. */
async function probeOne(target: Target, shared: Origin, common: Common): Promise<void> {
  if (common.limits.signal.aborted) return;
  if (!target.originNeeds.two) return probeOn(target, [shared], common);
  const pair = await openPair(target, common.certificates);
  try {
    await probeOn(target, pair, common);
  } finally {
    await Promise.all(pair.map((one) => one.close()));
  }
}

/**
 * Carries a plan out: the origin, the control run, and each target with its probes. All that it opens it closes.
 *
 * @throws EnvironmentError when the origin cannot be started; targets that cannot are cells of the report instead
 */
export async function run(options: RunOptions): Promise<Report> {
  const { plan, shard, toolVersion, command, record, crowd } = options;
  const { seed = 1, patience = 5000, idle = 5000, jobs = 2 } = options;
  const ledger = new Ledger({
    ...{ plan, seed, toolVersion, command },
    ...(shard ? { shard } : {}),
    ...(record ? { record } : {}),
  });
  const fault = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, fault.signal]) : fault.signal;
  const certificates = runCertificates();
  const trust = trusting(certificates.ca);
  const origin = await openSharedOrigin(plan.targets, certificates);
  try {
    const limits = { patience, idle, seed, signal, ...(crowd === undefined ? {} : { crowd }) };
    const control = new Control((transport) => {
      const endpoint = straight(origin, trust, transport);
      return { ...limits, journal: origin.journal, stampFor: origin.stampFor, endpoint, direct: endpoint };
    });
    const common: Common = {
      options,
      runId: randomBytes(6).toString('hex'),
      certificates,
      trust,
      limits,
      control,
      pacer: new Pacer(),
      ledger,
      watch: (event) => options.watch?.(event, (status) => ledger.report(status)),
    };
    const gate = new Gate(jobs);
    const probing = plan.targets.map((target) =>
      gate.through(() =>
        probeOne(target, origin, common).catch((error: unknown) => {
          fault.abort();
          throw error;
        }),
      ),
    );
    // A fault of ours ends the run, but not before each target has been stopped.
    const settled = await Promise.allSettled(probing);
    const faulty = settled.find((end) => end.status === 'rejected');
    if (faulty) throw faulty.reason;
    return ledger.conclude(signal.aborted ? 'partial' : 'complete');
  } finally {
    await origin.close();
  }
}
