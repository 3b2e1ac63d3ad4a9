import { openEngine } from '../../src/proxies/engine.ts';
import { isRequired } from '../required.ts';

/** Where the nginx of these tests comes from: no registry is needed for it (test/images). */
export const NGINX = process.env.WSPROOF_IMAGE_NGINX || 'wsproof-test/nginx';

/** What these tests need and do not find here, or false. Where docker is required that is a failure and no reason to skip. */
export async function whySkip(images: readonly string[] = []): Promise<string | false> {
  const reason = await missing(images);
  if (reason !== false && isRequired('docker')) throw new Error(reason);
  return reason;
}

async function missing(images: readonly string[]): Promise<string | false> {
  try {
    await openEngine();
  } catch (error) {
    return (error as Error).message;
  }
  for (const image of images) {
    if (!(await isHere(image))) return `The image ${image} is not here (test/images/build.sh).`;
  }
  return false;
}

/** Whether an image can be started without a registry. */
export async function isHere(image: string): Promise<boolean> {
  const { ImageName } = await import('testcontainers');
  return (await openEngine()).image.exists(ImageName.fromString(image));
}

/** Asks until it is so. @param within ms */
export async function until(what: string, condition: () => Promise<boolean>, within: number): Promise<void> {
  const deadline = performance.now() + within;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${within} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
