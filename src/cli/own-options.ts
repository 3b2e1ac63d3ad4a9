import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { OwnOptions } from '../proxies/own/target.ts';
import { list, port } from './values.ts';

/** A configuration of the user's, and what stands around it. */
export interface OwnFlags {
  readonly configFile?: string;
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
    .option('--config-file <file>', 'run the proxy with this configuration, as it is')
    .option('--origin-as <host:port>', 'an upstream of it that the origin stands in for, repeatable', list)
    .option('--port <port>', 'where it listens, repeatable; default: 80', ports)
    .option('--host <name>', 'the site to ask for, in Host and SNI')
    .option('--path <path>', 'the path to ask for: /ws')
    .option('--mount <path:path>', 'a file or folder that it reads, and where, repeatable', repeated)
    .option('--tls', 'the listener speaks TLS; default: it is asked');
}

const SATELLITES = ['originAs', 'port', 'host', 'path', 'mount', 'tls'] as const;

/** @throws UsageError for a flag that means nothing without a configuration */
export function ownOptionsOf(flags: OwnFlags): OwnOptions | undefined {
  const { configFile, originAs = [], port = [], host, path, mount = [], tls } = flags;
  if (configFile === undefined) {
    const alone = SATELLITES.find((name) => flags[name] !== undefined);
    if (alone === undefined) return undefined;
    const flag = `--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    throw new UsageError(`${flag} belongs to a configuration of yours: name it with --config-file.`);
  }
  return {
    file: configFile,
    originAs,
    ports: port,
    mounts: mount,
    ...(host === undefined ? {} : { host }),
    ...(path === undefined ? {} : { path }),
    ...(tls === undefined ? {} : { tls }),
  };
}
