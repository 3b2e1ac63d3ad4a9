import { execFile } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EnvironmentError } from '../../errors.ts';
import type { Transport } from '../../wire/endpoint.ts';
import { siteEndpoint } from '../address.ts';
import { certificateFiles } from '../certificate-files.ts';
import type { Descriptor, LocalRules } from '../descriptor.ts';
import { type ConfigFile, inSourceTerms } from '../files.ts';
import { Died, notReady } from '../ready.ts';
import { tellingLine } from '../tail.ts';
import type { RunningTarget, Surroundings } from '../target.ts';
import { filled, type Places, portNames, relocated, relocatedFile } from './layout.ts';
import { GuardedProcess } from './process.ts';
import { findProgram, programsOf } from './program.ts';

/** A proxy as it is to run on this machine. */
export interface LocalStart {
  /** How messages call it. */
  readonly name: string;
  readonly rules: LocalRules;
  readonly transport: Transport;
  readonly listen: NonNullable<Descriptor['listen']>;
  readonly files: readonly ConfigFile[];
  readonly tls?: Descriptor['tls'];
  readonly env: Readonly<Record<string, string>>;
  /** Behind those of every variant. */
  readonly options?: readonly string[];
  readonly version?: Descriptor['version'];
}

/** `nobody`, of whom nothing belongs to (Linux, and the BSDs up to its sign). */
const NOBODY = { uid: 65_534, gid: 65_534 };
/** ms for a command beside the proxy. */
const PATIENCE = 10_000;

const logIn = ({ dir }: Places): string => join(dir, 'wsproof.log');

const execute = promisify(execFile);

/** Ports that are free now. They are all held until the last is found, so that each is another one. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** What this user may give away: a superuser lets somebody else run proxies. */
const user = (): typeof NOBODY | undefined => (process.getuid?.() === 0 ? NOBODY : undefined);

async function giveTo(owner: typeof NOBODY, folder: string): Promise<void> {
  await chown(folder, owner.uid, owner.gid);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    await chown(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
}

/** Writes the files into a folder that looks as the container would. */
async function furnish(start: LocalStart, places: Places, surroundings: Surroundings): Promise<ConfigFile[]> {
  const certificates = certificateFiles(start.tls, surroundings.certificates);
  const relocation = {
    rules: start.rules,
    listen: portsOf(start.listen),
    paths: [...start.files.map(({ target }) => target), ...certificates.map(({ path }) => path)],
    origins: surroundings,
  };
  const files = start.files.map((file) => relocatedFile(file, relocation, places));
  const all = [
    ...files.map(({ target, bytes }) => ({ path: target, content: bytes })),
    ...certificates.map(({ path, content }) => ({ path: places.dir + path, content })),
  ];
  for (const { path, content } of all) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  await writeFile(logIn(places), '');
  const owner = user();
  if (owner) await giveTo(owner, places.dir);
  return files;
}

const portsOf = (listen: LocalStart['listen']): number[] => [
  ...new Set(Object.values(listen).filter((port) => port !== undefined)),
];

async function placesFor({ rules, listen }: LocalStart): Promise<Places> {
  const names = [...new Set([...portsOf(listen).map(String), ...portNames(rules)])];
  const ports = await freePorts(names.length);
  const dir = await mkdtemp(join(tmpdir(), 'wsproof-'));
  return { dir, ports: new Map(names.map((name, i) => [name, ports[i]!])) };
}

/** What the program says of its own version. */
async function versionOf(program: string, { version }: LocalStart): Promise<string | undefined> {
  if (!version) return undefined;
  const said = await execute(program, version.run.slice(1), { timeout: PATIENCE }).catch(() => undefined);
  return said && new RegExp(version.match).exec(said.stdout + said.stderr)?.[1];
}

/** Starts the program, with a guard that ends it when we cannot any more. */
function launch(program: string, start: LocalStart, places: Places, surroundings: Surroundings): GuardedProcess {
  const { rules, options = [] } = start;
  // Its files have been moved already; what it is told is no configuration to be rewritten.
  const relocation = { rules: { ...rules, rewrite: [] }, listen: [], paths: [], origins: surroundings };
  const here = (text: string): string => relocated(filled(text, places), relocation, places);
  const env = Object.entries({ ...start.env, ...rules.env }).map(([key, value]) => [key, here(value)]);
  const owner = user();
  return new GuardedProcess({
    command: [program, ...rules.command.slice(1).map(here), ...options.map(here)],
    env: { PATH: process.env.PATH ?? '', HOME: places.dir, TMPDIR: places.dir, ...Object.fromEntries(env) },
    folder: places.dir,
    log: logIn(places),
    ...(owner ? { user: owner } : {}),
  });
}

/** Runs the command that has a proxy read its configuration again. @throws EnvironmentError when it fails */
async function reloadBy(reload: readonly string[], name: string, places: Places): Promise<void> {
  const [command = '', ...args] = reload.map((word) => filled(word, places));
  const program = (await findProgram([command], process.env)) ?? command;
  await execute(program, args, { timeout: PATIENCE }).catch((error: Error) => {
    throw new EnvironmentError(`${name} does not reload: ${error.message.trim()}.`);
  });
}

/**
 * Starts an installed proxy on free ports of the loopback, with a copy of its configuration, and waits until it lets a
 * request through to the origin.
 *
 * @throws EnvironmentError when it is not installed or cannot be brought up. Nothing is left then
 */
export async function startLocal(start: LocalStart, surroundings: Surroundings): Promise<RunningTarget> {
  const { name, rules, transport, listen } = start;
  const { signal, certificates, knocked } = surroundings;
  const wanted = programsOf(rules);
  const program = await findProgram(wanted, process.env);
  if (program === undefined) {
    throw new EnvironmentError(
      `${name} is not installed here: there is no program "${wanted.join('" or "')}" in PATH.`,
    );
  }
  signal.throwIfAborted();
  const places = await placesFor(start);
  let guarded: GuardedProcess | undefined;
  const stop = async (): Promise<void> => {
    try {
      await guarded?.end();
    } finally {
      await rm(places.dir, { recursive: true, force: true });
    }
  };
  try {
    const files = await furnish(start, places, surroundings);
    surroundings.tell(`starting ${program}`);
    guarded = launch(program, start, places, surroundings);
    const running = guarded;
    const log = async (): Promise<string> => inSourceTerms(await running.log(), files);
    const obituary = async (): Promise<string | undefined> => running.obituary;
    const pid = await running.pid().catch((error: Error) => {
      throw new EnvironmentError(`${name}: ${program} cannot be started: ${error.message}.`);
    });
    const endpoint = siteEndpoint(
      transport,
      '127.0.0.1',
      places.ports.get(String(listen[transport]))!,
      certificates.ca,
    );
    const why = await notReady(endpoint, { signal, obituary, knocked }).catch(async (error) => {
      if (!(error instanceof Died)) throw error;
      const said = await log();
      throw new EnvironmentError(`${name} did not start, it ${error.message}${tellingLine(said, files)}`, said);
    });
    if (why) throw new EnvironmentError(`${name} is not ready: it ${why.words}.`, await log());
    const version = await versionOf(program, start);
    const { reload } = rules;
    return {
      endpoint,
      ...(version === undefined ? {} : { version }),
      log,
      obituary,
      ...(reload ? { reload: () => reloadBy(reload, name, { ...places, pid }) } : {}),
      async terminate() {
        process.kill(pid, rules.terminate ?? 'SIGTERM');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
