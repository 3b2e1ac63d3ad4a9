import { randomBytes } from 'node:crypto';
import { EnvironmentError } from '../errors.ts';
import { type Origin, startOrigin } from '../origin/server.ts';
import type { Surroundings, Target } from '../proxies/target.ts';
import type { Cell, Report } from '../report/document.ts';
import { makeCertificates, type RunCertificates } from '../wire/certificate.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';
import type { Setting } from './attempt.ts';
import { Control } from './control.ts';
import { Gate } from './gate.ts';
import { Ledger } from './ledger.ts';
import type { Plan } from './plan.ts';
import { probeTarget } from './probe-target.ts';

/** What whoever watches a run is told, as it happens. */
export type RunEvent =
  | { readonly kind: 'starting'; readonly target: Target; readonly progress: string }
  | { readonly kind: 'ready'; readonly target: Target }
  | { readonly kind: 'failed'; readonly target: Target; readonly error: EnvironmentError }
  | { readonly kind: 'cell'; readonly target: Target; readonly cell: Cell }
  | { readonly kind: 'done'; readonly target: Target };

export interface RunOptions {
  readonly plan: Plan;
  readonly toolVersion: string;
  readonly command: string;
  /** For keys, masks and payloads. Default 1: the same bytes in each run. */
  readonly seed?: number;
  /** ms that any single wait may take. Default 5000. */
  readonly patience?: number;
  /** ms of silence to be tried. Default 5000. */
  readonly idle?: number;
  /** Targets at a time. Default 2. */
  readonly jobs?: number;
  /** Further tries of an unexpected failure; tries that disagree are no verdict. Default 1. */
  readonly retries?: number;
  readonly showSecrets?: boolean;
  readonly keep?: boolean;
  /** Stops the run: what runs is ended and cleaned up, the report says `partial`. */
  readonly signal?: AbortSignal;
  readonly watch?: (event: RunEvent, draw: (status: Report['run']['status']) => Report) => void;
}

/** Names and addresses that the run's certificate is good for: whatever a target may be reached by. */
const CERTIFIED = ['wsproof.test', 'localhost', 'origin', 'proxy', '127.0.0.1', '::1'];

async function openOrigin(targets: readonly Target[], certificates: RunCertificates): Promise<Origin> {
  const needs = targets.map(({ originNeeds }) => originNeeds);
  const port = needs.find((need) => need.port !== undefined)?.port;
  const host = needs.some(({ reachableFromContainers }) => reachableFromContainers) ? '0.0.0.0' : '127.0.0.1';
  try {
    return await startOrigin({ host, tls: certificates.server, ...(port === undefined ? {} : { port }) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new EnvironmentError(
        `Port ${port} for the origin is taken. End what listens there, or choose another one with --origin local:PORT.`,
      );
    }
    throw new EnvironmentError(`The origin cannot listen on ${host}:${port ?? 0}: ${message}.`);
  }
}

/** The origin's own address over a transport, for the control run. */
function straight(origin: Origin, ca: string, transport: Transport): Endpoint {
  const port = transport === 'ws' ? origin.port : origin.tlsPort!;
  return { transport, host: '127.0.0.1', port, authority: `localhost:${port}`, servername: 'localhost', base: '', ca };
}

/**
 * Carries a plan out: the origin, the control run, and each target with its probes. All that it opens it closes.
 *
 * @throws EnvironmentError when the origin cannot be started; targets that cannot are cells of the report instead
 */
export async function run(options: RunOptions): Promise<Report> {
  const { plan, toolVersion, command, seed = 1, patience = 5000, idle = 5000, jobs = 2, retries = 1 } = options;
  const ledger = new Ledger({ plan, seed, toolVersion, command });
  const signal = options.signal ?? new AbortController().signal;
  const certificates = makeCertificates(CERTIFIED);
  const origin = await openOrigin(plan.targets, certificates);
  const draw = (status: Report['run']['status']): Report => ledger.report(status);
  const watch = (event: RunEvent): void => options.watch?.(event, draw);
  try {
    const common = { journal: origin.journal, stampFor: origin.stampFor, patience, idle, seed, signal };
    const control = new Control((transport): Setting => {
      const endpoint = straight(origin, certificates.ca, transport);
      return { ...common, endpoint, direct: endpoint };
    });
    const gate = new Gate(jobs);
    const surroundings = (target: Target): Surroundings => ({
      runId: randomBytes(6).toString('hex'),
      origin: { port: origin.port, tlsPort: origin.tlsPort! },
      certificates,
      signal,
      tell: (progress) => watch({ kind: 'starting', target, progress }),
      ...(options.keep ? { keep: true } : {}),
    });
    await Promise.all(
      plan.targets.map((target) =>
        gate.through(async () => {
          if (signal.aborted) return;
          await probeTarget(target, {
            cells: plan.cells.filter((cell) => cell.target === target),
            surroundings: surroundings(target),
            setting: (endpoint) => ({
              ...common,
              endpoint,
              direct: straight(origin, certificates.ca, endpoint.transport),
              ...(target.originNeeds.foreign ? { foreign: true } : {}),
            }),
            control,
            ledger,
            retries,
            showSecrets: options.showSecrets ?? false,
            originPorts: [origin.port, origin.tlsPort!],
            watch,
          });
        }),
      ),
    );
    return ledger.report(signal.aborted ? 'partial' : 'complete');
  } finally {
    await origin.close();
  }
}
