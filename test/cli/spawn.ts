import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/wsproof.ts';
import { Gate } from '../../src/runner/gate.ts';

export const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** A module of this folder as a target. */
export const proxy = (name: string): string => fileURLToPath(new URL(`./proxies/${name}.js`, import.meta.url));

/** The environment without what would change the outcome. */
export function cleanEnv(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(WSPROOF_|NODE_|FORCE_COLOR|NO_COLOR|CI$)/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where these tests began: the folder of the process is another one whenever {@link wsproof} runs in one. */
const HOME = process.cwd();

/** The built program, going on. */
export function start(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: HOME,
    ...options,
    env: cleanEnv(options.env),
  });
}

/** Waits for the end of what {@link start} started. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** The built program from its start to its end. */
export const spawned = (args: readonly string[], options: SpawnOptions = {}): Promise<Ended> =>
  ended(start(args, options));

/** The folder and the environment are of the whole process: who changes them has to be alone in it. */
const gate = new Gate(100);

/** The same command line in this process, which saves what a process costs: in this folder, with this environment. */
export async function wsproof(
  args: readonly string[],
  { cwd, env }: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): Promise<Ended> {
  if (cwd === undefined && env === undefined) {
    return gate.through(() => {
      const kept = cleanEnv();
      for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
      return ran(args);
    });
  }
  return gate.alone(async () => {
    const before = process.env;
    process.chdir(String(cwd ?? HOME));
    process.env = cleanEnv(env);
    try {
      return await ran(args);
    } finally {
      process.chdir(HOME);
      process.env = before;
    }
  });
}

async function ran(args: readonly string[]): Promise<Ended> {
  const stdout = new Collector();
  const stderr = new Collector();
  const code = await main(args, { stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Collector extends Writable {
  text = '';

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** Resolves as soon as a stream has said it. */
export async function says(child: ChildProcess, stream: 'stdout' | 'stderr', words: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child[stream]!.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    if (words.test(text)) return text;
  }
  throw new Error(`${stream} ended without ${words}: ${text}`);
}

/** A folder that is gone when the test is. */
export async function folder(test: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'wsproof-test-'));
  test.after(() => rm(path, { recursive: true, force: true }));
  return path;
}
