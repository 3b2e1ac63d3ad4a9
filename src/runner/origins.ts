import type { SecureContext } from 'node:tls';
import { EnvironmentError } from '../errors.ts';
import { type Origin, startOrigin } from '../origin/server.ts';
import type { Target } from '../proxies/target.ts';
import { makeCertificates, type RunCertificates } from '../wire/certificate.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';

/** Names and addresses that the run's certificate is good for: whatever a target may be reached by. */
const CERTIFIED = ['wsproof.test', 'localhost', 'origin', 'proxy', '127.0.0.1', '::1'];

/** The certificates of one run, for its origin and its targets. */
export const runCertificates = (): RunCertificates => makeCertificates(CERTIFIED);

async function open(
  host: string,
  certificates: RunCertificates,
  more: { port?: number; beside?: Origin },
): Promise<Origin> {
  try {
    const name = more.beside ? 'b' : 'a';
    return await startOrigin({ host, tls: certificates.server, name, ...more });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new EnvironmentError(
        `Port ${more.port} for the origin is taken. End what listens there, or choose another one with --origin local:PORT.`,
      );
    }
    throw new EnvironmentError(`The origin cannot listen on ${host}:${more.port ?? 0}: ${message}.`);
  }
}

/** A proxy in a container cannot reach the loopback of this machine. */
const hostFor = (targets: readonly Target[]): string =>
  targets.some(({ originNeeds }) => originNeeds.reachableFromContainers) ? '0.0.0.0' : '127.0.0.1';

/**
 * The origin that the targets of a run share.
 * @throws EnvironmentError when the port that a target asks for is taken
 */
export function openSharedOrigin(targets: readonly Target[], certificates: RunCertificates): Promise<Origin> {
  const port = targets.find(({ originNeeds }) => originNeeds.port !== undefined)?.originNeeds.port;
  return open(hostFor(targets), certificates, port === undefined ? {} : { port });
}

/** Two origins for one target that balances: its probes take them down, so nobody else may stand on them. */
export async function openPair(target: Target, certificates: RunCertificates): Promise<[Origin, Origin]> {
  const first = await open(hostFor([target]), certificates, {});
  try {
    return [first, await open(hostFor([target]), certificates, { beside: first })];
  } catch (error) {
    await first.close();
    throw error;
  }
}

/** The origins of a target that nobody shares with it: two where it balances. @throws EnvironmentError */
export async function openOrigins(target: Target, certificates: RunCertificates): Promise<[Origin, Origin?]> {
  return target.originNeeds.two ? openPair(target, certificates) : [await openSharedOrigin([target], certificates)];
}

/** Where a proxy on this machine finds the origin; it has a port for TLS, because a run has a certificate. */
export const placeOf = ({ port, tlsPort }: Origin): { port: number; tlsPort: number } => ({ port, tlsPort: tlsPort! });

/** The origin's own address over a transport: the line without a proxy. */
export function straight(origin: Origin, trust: SecureContext, transport: Transport): Endpoint {
  const { port: plainPort, tlsPort } = placeOf(origin);
  const at = (port: number) => ({ transport, host: '127.0.0.1', port, authority: `localhost:${port}`, base: '' });
  return transport === 'ws' ? at(plainPort) : { ...at(tlsPort), servername: 'localhost', trust };
}
