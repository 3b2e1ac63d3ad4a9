import { EnvironmentError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor } from './descriptor.ts';
import type { ConfigFile } from './files.ts';
import type { RunningTarget, Surroundings } from './target.ts';

/** What is to be started. */
export interface ContainerStart {
  /** How messages call it. */
  readonly name: string;
  readonly proxy: string;
  readonly image: string;
  readonly transport: Transport;
  /** In the container. */
  readonly ports: Partial<Record<Transport, number | undefined>>;
  readonly files: readonly ConfigFile[];
  readonly env: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly tls?: Descriptor['tls'];
  readonly version?: Descriptor['version'];
  readonly reload?: readonly string[];
}

/** The containers of the targets that were loaded together. */
export class Containers {
  async start(start: ContainerStart, _surroundings: Surroundings): Promise<RunningTarget> {
    throw new EnvironmentError(`${start.name} needs a container, and they are not supported yet.`);
  }
}
