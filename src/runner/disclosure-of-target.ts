import type { RunningTarget } from '../proxies/target.ts';
import type { Endpoint } from '../wire/endpoint.ts';
import { Disclosure } from './disclosure.ts';
import type { Outcome } from './outcome.ts';

/** Fields of a user's own that are no secrets, and often are what one looks for. */
const NO_SECRETS = /^(origin|user-agent)$/i;

/** Ports from here on are handed out by the system (RFC 6335 §6 begins at 49152, Linux at 32768). */
const FIRST_EPHEMERAL = 32768;

/** What a run knows of itself that must not differ in its reports. */
export interface RunDetails {
  /** What the origin writes on its answer to a request with this nonce. */
  readonly stampFor: (nonce: string) => string;
  readonly showSecrets: boolean;
  readonly originPorts: readonly number[];
}

/** What `--header` sends. */
const secretsOf = ({ fields = [] }: Endpoint): string[] =>
  fields.flatMap(([name, value]) => (NO_SECRETS.test(name) ? [] : [value]));

/** What may be said of a target's log: a proxy writes queries and fields into it, with the tokens in them. */
export const disclosureOfLog = ({ endpoint }: Pick<RunningTarget, 'endpoint'>, showSecrets: boolean): Disclosure =>
  new Disclosure({ showSecrets, secrets: secretsOf(endpoint), volatile: [] });

/** What may be said of these tries at a target: its fields and addresses, and the values that this run has made up. */
export function disclosureOf(
  { endpoint, seesClientAs }: Pick<RunningTarget, 'endpoint' | 'seesClientAs'>,
  outcomes: readonly Outcome[],
  { stampFor, showSecrets, originPorts }: RunDetails,
): Disclosure {
  const nonces = outcomes.flatMap((outcome) =>
    outcome.kind === 'broken' && outcome.evidence ? outcome.evidence.requests.map(({ nonce }) => nonce) : [],
  );
  return new Disclosure({
    showSecrets,
    secrets: secretsOf(endpoint),
    volatile: [
      ...nonces.map((nonce) => [nonce, 'NONCE'] as const),
      ...nonces.map((nonce) => [stampFor(nonce), 'STAMP'] as const),
      ...(seesClientAs === undefined ? [] : [[seesClientAs, 'CLIENT'] as const]),
      [endpoint.authority, 'PROXY'],
      [`${endpoint.host}:${endpoint.port}`, 'PROXY'],
      // A port that the system chose is told on in X-Forwarded-Port; one of a configuration says something.
      ...(endpoint.port >= FIRST_EPHEMERAL ? [[String(endpoint.port), 'PORT'] as const] : []),
      ...originPorts.map((port) => [`:${port}`, ':9000'] as const),
    ],
  });
}
