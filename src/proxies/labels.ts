import { hostname } from 'node:os';

/** The label that says which run a container belongs to: the run's clean-up goes by it. */
export const RUN = 'wsproof.run';
/** The machine of the run: others have containers of their own in the same engine. */
export const HOST = 'wsproof.host';
/** When it is left behind at the latest, ISO 8601. */
export const EXPIRES = 'wsproof.expires';
/** The label that names the target, as reports do. */
export const TARGET = 'wsproof.target';

/** ms after which a container is taken for one that its run has left behind. No run lasts as long. */
const LIFETIME = 6 * 3600 * 1000;

/** The labels of a run's containers. One that is to be kept does not expire. */
export function labelsFor(runId: string, target: string, keep: boolean, at = Date.now()): Record<string, string> {
  return {
    [RUN]: runId,
    [HOST]: hostname(),
    [TARGET]: target,
    ...(keep ? {} : { [EXPIRES]: new Date(at + LIFETIME).toISOString() }),
  };
}

/** Whether a container was left behind by a run on this machine. */
export function isExpired(labels: Readonly<Record<string, string>>, at = Date.now()): boolean {
  const expires = Date.parse(labels[EXPIRES] ?? '');
  return labels[HOST] === hostname() && labels[RUN] !== undefined && expires < at;
}
