import { isIP } from 'node:net';
import { UsageError } from '../../errors.ts';
import type { Endpoint, Transport } from '../../wire/endpoint.ts';
import { authorityOf, SITE } from '../address.ts';
import type { ContainerStart } from '../container.ts';
import { speaksTls } from './listener.ts';

/** How a configuration of the user's is asked. */
export interface Site {
  /** `--host`: in Host, :authority and SNI. */
  readonly host?: string;
  /** `--path`: the path of the request target. */
  readonly path?: string;
  /** `--tls`. Default: what the listener says when it is asked. */
  readonly tls?: boolean;
}

/**
 * The path in front of request targets.
 * @throws UsageError
 */
export function pathOf({ path }: Site): string {
  if (path === undefined) return '';
  if (!/^\/[^?#\s]*$/.test(path)) {
    throw new UsageError(`--path: "${path}" is no path; it begins with a slash and has no query (/ws).`);
  }
  return path === '/' ? '' : path;
}

/**
 * How to find the endpoint of a container. Over which transport it is asked is found out, unless it is said.
 *
 * @param port where the proxy listens in its container
 */
export function reachAs(
  site: Site,
  transport: Transport | undefined,
  port: number,
): NonNullable<ContainerStart['reach']> {
  const { host = SITE, tls } = site;
  const base = pathOf(site);
  return async (address, alive): Promise<Endpoint> => {
    const endpointOver = (found: Transport): Endpoint => ({
      transport: found,
      host: address.host,
      port: address.port,
      authority: authorityOf(host, address.port, found),
      base,
      // Whose certificate it is does not matter: it may be one that was made, or one that is good for another machine.
      ...(found === 'ws' ? {} : { insecure: true, ...(isIP(host) ? {} : { servername: host }) }),
    });
    const secure = tls ?? (transport === undefined && (await speaksTls(endpointOver('ws'), host, alive, port)));
    return endpointOver(transport ?? (secure ? 'wss' : 'ws'));
  };
}
