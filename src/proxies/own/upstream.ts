import { isIP } from 'node:net';
import { UsageError } from '../../errors.ts';

/** An upstream of the user's configuration that the origin stands in for. */
export interface Upstream {
  /** As the user wrote it: `app:3000`. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** It is asked for at the loopback of the proxy's own container. */
  readonly loopback: boolean;
}

/** A name as it is looked up, be it one that only an engine's DNS takes: `my_app`. */
const HOST = /^[a-z0-9_](?:[\w.-]*[a-z0-9_])?$/i;
const DEFAULT_PORT = 80;

/**
 * Reads an upstream: `app:3000`, `127.0.0.1:3000`, `[::1]:3000`; without a port it is 80, as in http:// (RFC 9110 §4.2.1).
 *
 * @throws UsageError
 */
export function parseUpstream(text: string): Upstream {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:[\]]+))(?::(?<port>\d{1,5}))?$/.exec(text)?.groups;
  const host = match?.v6 ?? match?.name ?? '';
  const port = Number(match?.port ?? DEFAULT_PORT);
  if (!match || port < 1 || port > 65_535 || (match.v6 ? isIP(host) !== 6 : !HOST.test(host))) {
    throw new UsageError(`--origin-as: "${text}" is no upstream; it looks like app:3000 or 127.0.0.1:3000.`);
  }
  const loopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (isIP(host) !== 0 && !loopback) {
    throw new UsageError(
      `--origin-as: ${text} is the address of another machine, and the origin can stand in for names and for loopback addresses only. Give that machine a name in the configuration.`,
    );
  }
  return { name: text, host, port, loopback };
}
