import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEngine } from '../../src/proxies/engine.ts';
import { isRequired } from '../required.ts';

/** Where the nginx of these tests comes from: no registry is needed for it (test/images). */
export const NGINX = process.env.WSPROOF_IMAGE_NGINX || 'wsproof-test/nginx';

/** ms in which a suite here is over on a machine that has other things to do; what takes longer hangs, and is named. */
export const LONGEST = 600_000;

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

/** Of these versions of a proxy those that .ci/run builds an image of: where docker is required, they have to be here. */
export function requiredVersions(proxy: string, versions: readonly string[]): readonly string[] {
  if (!isRequired('docker')) return [];
  const built = readFileSync(join(import.meta.dirname, '../../../.ci/images'), 'utf8').split('\n');
  return built.includes(proxy)
    ? readFileSync(join(import.meta.dirname, '../../../test/images/images.txt'), 'utf8')
        .split('\n')
        .map((line) => line.split(/\s+/))
        .flatMap(([name, version]) => (name === proxy && versions.includes(version!) ? [version!] : []))
    : versions.filter((version) => built.includes(`${proxy}:${version}`));
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
