import { type Origin, startOrigin } from '../../src/origin/server.ts';
import type { Surroundings } from '../../src/proxies/target.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';

/** What a target is started with in a test, with an origin of its own. */
export interface TestSurroundings extends Surroundings {
  readonly told: string[];
  readonly real: Origin;
  abort(): void;
  close(): Promise<void>;
}

/** @param host where the origin listens; a container does not reach loopback */
export async function openSurroundings(runId: string, host = '127.0.0.1'): Promise<TestSurroundings> {
  const certificates = makeCertificates(['localhost', 'origin', 'proxy', 'wsproof.test', '127.0.0.1', '::1']);
  const real = await startOrigin({ host, tls: certificates.server });
  const controller = new AbortController();
  const told: string[] = [];
  return {
    runId,
    origin: { port: real.port, tlsPort: real.tlsPort! },
    listenAs: (upstream) => real.listenAs(upstream),
    knocked: async (since) => (await real.journal.unreadable()).some(({ at }) => at >= since),
    certificates,
    signal: controller.signal,
    tell: (progress) => void told.push(progress),
    told,
    real,
    abort: () => controller.abort(new Error('the run was stopped')),
    close: () => real.close(),
  };
}
