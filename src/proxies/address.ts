import { trusting } from '../wire/connect.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';

/**
 * The name that a proxy is asked by. It looks like that of a site, because software treats `localhost` and bare
 * addresses in ways of their own; `.test` is never in the DNS (RFC 6761 §6.2), and the run's certificate has it.
 */
export const SITE = 'wsproof.test';

const DEFAULT_PORT: Record<Transport, number> = { ws: 80, wss: 443, h2: 443 };

/** An authority (RFC 3986 §3.2): the port is left out where it is the scheme's own. */
export function authorityOf(host: string, port: number, transport: Transport): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === DEFAULT_PORT[transport] ? name : `${name}:${port}`;
}

/** The endpoint of a proxy that runs for us, at this address. @param ca the run's authority, PEM */
export function siteEndpoint(transport: Transport, host: string, port: number, ca: string): Endpoint {
  const tls = transport === 'ws' ? {} : { servername: SITE, trust: trusting(ca) };
  return { transport, host, port, authority: authorityOf(SITE, port, transport), base: '', ...tls };
}
