import { Worker } from 'node:worker_threads';
import type { ContainerRuntimeClient } from 'testcontainers';
import { EnvironmentError } from '../errors.ts';
import { withDeadline } from '../wire/mailbox.ts';
import { unlessAborted } from './abort.ts';
import { engineWords } from './engine.ts';
import { imageVariable } from './image.ts';
import type { Surroundings } from './target.ts';

/** ms that a pull may take. */
const PATIENCE = 10 * 60_000;

const UNKNOWN =
  /manifest unknown|manifest for .* not found|does not exist|access denied|not found: manifest|name unknown|no matching manifest|unauthorized/i;
const LIMITED = /toomanyrequests|rate limit/i;
const NETWORK =
  /no such host|ENOTFOUND|EAI_AGAIN|i\/o timeout|connection refused|ECONNREFUSED|unreachable|name resolution|server misbehaving|deadline exceeded|Client\.Timeout|TLS handshake|x509|proxyconnect|EOF$/i;

function refusal(image: string, proxy: string, error: Error): EnvironmentError {
  const why = engineWords(error).replace(/^Get "[^"]+": /, '');
  const another = `name another one with --image ${proxy}=REPOSITORY[:TAG] or ${imageVariable(proxy)}`;
  if (LIMITED.test(why)) {
    return new EnvironmentError(
      `The registry gives no more images for now (${image}: ${why}). Log in with "docker login", or ${another}.`,
    );
  }
  if (UNKNOWN.test(why))
    return new EnvironmentError(
      `There is no image ${image}, neither here nor in its registry (${why}). Correct the version, or ${another}.`,
    );
  if (NETWORK.test(why)) {
    return new EnvironmentError(
      `The image ${image} is not here, and its registry cannot be reached (${why}). Bring it here with "docker pull" or "docker load", or ${another}.`,
    );
  }
  return new EnvironmentError(`The image ${image} cannot be pulled: ${why}. Or ${another}.`);
}

function pull(image: string): { done: Promise<void>; end: () => Promise<unknown> } {
  const worker = new Worker(new URL('./pull-worker.js', import.meta.url), {
    workerData: image,
    stdout: true,
    stderr: true,
  });
  const done = new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => resolve());
  });
  return { done, end: () => worker.terminate() };
}

/** How an image is brought here. */
interface Pulling extends Pick<Surroundings, 'signal' | 'tell'> {
  /** Ask the registry, though it is here: what a tag stands for may be another image by now. */
  readonly anew?: boolean;
}

/**
 * Sees to it that an image is in the engine.
 *
 * @param proxy whose image it is, for the way out that a message shows
 * @throws EnvironmentError when it is not there and cannot be pulled; the signal's reason when it is aborted
 */
export async function ensureImage(
  client: ContainerRuntimeClient,
  { image, proxy }: { readonly image: string; readonly proxy: string },
  { signal, tell, anew = false }: Pulling,
): Promise<void> {
  const { ImageName } = await import('testcontainers');
  const name = ImageName.fromString(image);
  const isHere = await client.image.exists(name);
  if (isHere && !anew) return;
  tell(`pulling ${image}`);
  const { done, end } = pull(image);
  try {
    await unlessAborted(withDeadline(done, PATIENCE, 'the pull to be done'), signal);
  } catch (error) {
    if (signal.aborted) throw error;
    if (!isHere) throw refusal(image, proxy, error as Error);
    const why = engineWords(error as Error);
    throw new EnvironmentError(
      `${image} cannot be pulled again: ${why}. It is here: leave --pull out to run it as it is.`,
    );
  } finally {
    await end();
  }
  if (!(await client.image.exists(name))) throw refusal(image, proxy, new Error('the pull ended without it'));
}
