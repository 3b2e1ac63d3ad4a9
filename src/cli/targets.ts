import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { loadTargets } from '../proxies/catalog.ts';
import type { Authority, OriginPlacement } from '../proxies/load-options.ts';
import { listProxies, summaryOfFolder } from '../proxies/summary.ts';
import type { Target } from '../proxies/target.ts';
import { expandTargets, folderIn } from './expand.ts';
import type { TargetFlags } from './options.ts';
import { ownOptionsOf } from './own-options.ts';
import { readToken } from './token.ts';

async function certificateAuthority(file: string | undefined): Promise<{ ca?: Authority }> {
  if (file === undefined) return {};
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`--ca: ${file} cannot be read: ${error.message}.`);
  });
  if (!text.includes('-----BEGIN CERTIFICATE-----')) {
    throw new UsageError(`--ca: ${file} holds no certificate in PEM (-----BEGIN CERTIFICATE-----).`);
  }
  return { ca: { file, pem: text } };
}

async function placementOf({ origin, tokenFile }: TargetFlags): Promise<OriginPlacement> {
  if (origin !== 'remote') return origin;
  const token = await readToken(tokenFile, process.env);
  if (token !== undefined) return { remote: { token } };
  throw new UsageError(
    '--origin remote needs the token that wsproof serve was started with: --token-file FILE, or WSPROOF_TOKEN.',
  );
}

/** The targets that are meant by those with a `*` in them; a folder has variants and versions of its own. */
async function expanded(specs: readonly string[]): Promise<string[]> {
  const known = specs.some((spec) => spec.includes('*') && !folderIn(spec)) ? await listProxies() : [];
  const found = specs.map(async (spec) => {
    const folder = folderIn(spec);
    return expandTargets([spec], folder === undefined ? known : [await summaryOfFolder(folder)]);
  });
  return (await Promise.all(found)).flat();
}

/** The targets that the command line means. @throws UsageError for what cannot be read or does not exist */
export async function targetsOf(specs: readonly string[], flags: TargetFlags): Promise<Target[]> {
  const { image, transport, insecure, ca, header, runtime, pull } = flags;
  if (pull && flags.compose !== undefined)
    throw new UsageError(
      '--pull is not for the services of a compose file, which says so itself: pull_policy: always.',
    );
  return loadTargets(await expanded(specs), {
    images: Object.fromEntries(image),
    runtime,
    origin: await placementOf(flags),
    ...(transport ? { transports: transport } : {}),
    ...(pull ? { pull } : {}),
    ...(insecure ? { insecure } : {}),
    ...(header ? { headers: header } : {}),
    ...ownOptionsOf(
      flags,
      specs.some((spec) => spec.includes('://')),
    ),
    ...(await certificateAuthority(ca)),
  });
}
