import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { ComposeOptions } from '../proxies/compose/target.ts';
import type { OwnOptions } from '../proxies/own/target.ts';
import { flagOf, list, port } from './values.ts';

/** A configuration of the user's, and what stands around it. */
export interface OwnFlags {
  readonly configFile?: string;
  readonly compose?: string;
  readonly service?: readonly string[];
  readonly originAs?: readonly string[];
  readonly port?: readonly number[];
  readonly host?: string;
  readonly path?: string;
  readonly mount?: readonly string[];
  readonly tls?: true;
}

const ports = (text: string, before: readonly number[] = []): number[] => [...before, ...list(text).map(port)];
/** A path may have a comma in it. */
const repeated = (text: string, before: readonly string[] = []): string[] => [...before, text];

export function addOwnOptions(command: Command): Command {
  // Not from the environment: `serve` has a host and a port of its own there, and every shell has a PATH.
  return command
    .optionsGroup('A configuration of yours (nginx --config-file ./nginx.conf):')
    .option('--config-file <file>', 'run the proxy with this configuration of its own, as it is')
    .option('--compose <file>', 'run services of this compose file instead, as it is written')
    .option('--service <name:port>', 'which of its services is the proxy, and where it listens, repeatable', list)
    .option('--origin-as <host:port>', 'an upstream of it that the origin stands in for, repeatable', list)
    .option('--port <port>', 'where it listens, repeatable; default: 80', ports)
    .option('--host <name>', 'the site to ask for, in Host and SNI')
    .option('--path <path>', 'the path to ask for: /ws')
    .option('--mount <path:path>', 'a file or folder that it reads, and where, repeatable', repeated)
    .option('--tls', 'the listener speaks TLS; default: it is asked');
}

/** What has no meaning without one of these. */
const OF_ANY = ['originAs', 'host', 'path', 'tls'] as const;
const OF_FILE = ['port', 'mount'] as const;

/** How the same is said of an address. */
const OF_ADDRESS: Partial<Record<keyof OwnFlags, string>> = {
  path: 'An address has its path in it: wss://example.com/ws.',
  port: 'An address has its port in it: wss://example.com:8443.',
  host: "An address is asked by another name with --header 'Host: NAME'.",
  tls: 'An address that speaks TLS begins with wss://.',
};

function refuse(flags: OwnFlags, names: readonly (keyof OwnFlags)[], where: string, addressed = false): void {
  const alone = names.find((name) => flags[name] !== undefined);
  if (alone === undefined) return;
  const other = addressed ? OF_ADDRESS[alone] : undefined;
  throw new UsageError([`${flagOf(alone)} belongs to ${where}.`, ...(other ? [other] : [])].join(' '));
}

/**
 * What is to be run of the user's, if anything.
 *
 * @param addressed one of the targets is an address
 * @throws UsageError for a flag that means nothing without another one, or not beside it
 */
export function ownOptionsOf(flags: OwnFlags, addressed: boolean): { own?: OwnOptions; compose?: ComposeOptions } {
  const { configFile, compose, service = [], originAs = [], port = [], host, path, mount = [], tls } = flags;
  const site = {
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(tls === undefined ? {} : { tls }),
  };
  if (compose !== undefined) {
    refuse(flags, ['configFile'], 'a proxy that is run alone, not to a compose file');
    refuse(flags, OF_FILE, 'a --config-file; a compose file has --service NAME:PORT, and mounts of its own');
    return { compose: { file: compose, services: service, originAs, ...site } };
  }
  refuse(flags, ['service'], 'a compose file: name it with --compose');
  if (configFile !== undefined) return { own: { file: configFile, originAs, ports: port, mounts: mount, ...site } };
  refuse(flags, [...OF_ANY, ...OF_FILE], 'a configuration of yours: name it with --config-file', addressed);
  return {};
}
