import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EnvironmentError } from '../../errors.ts';
import { tailOf } from '../tail.ts';

const execute = promisify(execFile);

/** ms that a question may take, and that services may: images are built and pulled. */
const PATIENCE = 30_000;
const LONG = 10 * 60_000;
/** Bytes of what it writes. */
const OUTPUT = 16 * 1024 * 1024;

/** As it is called: a plugin of docker, or a program of its own. */
const WAYS = [['docker', 'compose'], ['docker-compose']] as const;

/** What compose said when it could not do what it was told, without the lines that tell of progress. */
function complaint(error: unknown): string {
  const { stderr = '', message } = error as Error & { stderr?: string };
  const lines = tailOf(stderr)
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' && !/\b(Creating|Created|Starting|Started|Pulling|Network|Container)\b.*(\.\.\.|\w)$/.test(line),
    );
  return (lines.slice(-3).join(' ') || message).replace(/\.$/, '');
}

/** The program that reads compose files. */
export class Compose {
  readonly #way: readonly string[];

  private constructor(way: readonly string[]) {
    this.#way = way;
  }

  /** @throws EnvironmentError when there is none */
  static async find(): Promise<Compose> {
    for (const way of WAYS) {
      const [program = '', ...args] = way;
      const found = await execute(program, [...args, 'version'], { timeout: PATIENCE }).catch(() => undefined);
      if (found) return new Compose(way);
    }
    throw new EnvironmentError(
      'There is no compose here: neither "docker compose" nor "docker-compose" can be run. Install the compose plugin of Docker (https://docs.docker.com/compose/install/).',
    );
  }

  /** The file with all that it takes from elsewhere: variables, other files, defaults. @throws EnvironmentError */
  async config(file: string, project: string): Promise<string> {
    return this.#run(['-f', file, '-p', project, 'config'], `${file} is no compose file that can be used`, PATIENCE);
  }

  /** Starts services and what they depend on. @throws EnvironmentError; the signal's reason when it is aborted */
  async up(file: string, project: string, services: readonly string[], signal: AbortSignal): Promise<void> {
    await this.#run(
      ['-f', file, '-p', project, 'up', '-d', ...services],
      'The services cannot be started',
      LONG,
      signal,
    );
  }

  /** Removes all of a project: containers, networks, volumes. @throws EnvironmentError */
  async down(file: string, project: string): Promise<void> {
    const args = ['-f', file, '-p', project, 'down', '-v', '--remove-orphans', '-t', '0'];
    await this.#run(args, `The services of ${project} cannot be removed`, LONG);
  }

  async #run(args: readonly string[], what: string, timeout: number, signal?: AbortSignal): Promise<string> {
    const [program = '', ...first] = this.#way;
    try {
      const how = { timeout, maxBuffer: OUTPUT, ...(signal ? { signal } : {}) };
      return (await execute(program, [...first, ...args], how)).stdout;
    } catch (error) {
      signal?.throwIfAborted();
      throw new EnvironmentError(`${what}: ${complaint(error)}.`);
    }
  }
}
