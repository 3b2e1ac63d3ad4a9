import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../../errors.ts';
import { unlessAborted } from '../abort.ts';
import { engineWords } from '../engine.ts';
import { type ImageOverrides, imageVariable } from '../image.ts';
import { ensureImage } from '../pull.ts';
import { type ContainerFile, tar } from '../tar.ts';
import type { Surroundings } from '../target.ts';

/** What `--image` calls the image of what stands behind the names of upstreams. */
export const FORWARDER = 'forwarder';
/** Any with Node in it; where this machine's own Node is none for a container. */
const PULLED = 'node:22-alpine';
/** It holds the Node that runs this, and so it is the same as long as that is. */
const MADE = `wsproof-forwarder:${process.version}-${process.arch}`;
const NODE = '/usr/local/bin/node';

/** The image for {@link FORWARDER}: one that is named for it, else one that is made of this machine's Node. */
export function forwarderImage({ flags, env }: ImageOverrides): string {
  return flags[FORWARDER] ?? (env[imageVariable(FORWARDER)] || (process.platform === 'linux' ? MADE : PULLED));
}

/** Node as it runs here, and the libraries that it has loaded, at the places where its loader looks for them. */
async function nodeFiles(): Promise<ContainerFile[]> {
  const { sharedObjects } = process.report.getReport() as unknown as { sharedObjects: string[] };
  const libraries = sharedObjects.filter((path) => path.startsWith('/'));
  const read = async (from: string, path = from): Promise<ContainerFile> => ({
    path,
    content: await readFile(from),
    executable: true,
  });
  return Promise.all([read(process.execPath, NODE), ...libraries.map((path) => read(path))]);
}

async function make(client: ContainerRuntimeClient): Promise<void> {
  const [repo, tag] = MADE.split(':') as [string, string];
  const archive = new PassThrough();
  archive.end(tar(await nodeFiles()));
  const { dockerode } = client.container;
  const answer = await dockerode.importImage(archive, { repo, tag });
  await new Promise<void>((resolve, reject) => {
    dockerode.modem.followProgress(answer, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/**
 * Sees to it that the image of {@link forwarderImage} is in the engine. The one that is made costs no registry: the
 * program behind a name runs on the Node that everything else runs on.
 *
 * @throws EnvironmentError when it cannot be had; the signal's reason when it is aborted
 */
export async function ensureForwarder(
  client: ContainerRuntimeClient,
  image: string,
  surroundings: Pick<Surroundings, 'signal' | 'tell'>,
): Promise<void> {
  if (image !== MADE) return ensureImage(client, { image, proxy: FORWARDER }, surroundings);
  const { ImageName } = await import('testcontainers');
  if (await unlessAborted(client.image.exists(ImageName.fromString(image)), surroundings.signal)) return;
  surroundings.tell(`making the image ${image}`);
  await unlessAborted(make(client), surroundings.signal).catch((error) => {
    surroundings.signal.throwIfAborted();
    throw new EnvironmentError(
      `The image ${image} cannot be made of this machine's Node: ${engineWords(error)}. Name one with Node in it with --image ${FORWARDER}=${PULLED} or ${imageVariable(FORWARDER)}.`,
    );
  });
}
