import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { loadTargets } from '../proxies/catalog.ts';
import type { Authority } from '../proxies/load-options.ts';
import { listProxies } from '../proxies/summary.ts';
import type { Target } from '../proxies/target.ts';
import { expandTargets } from './expand.ts';
import type { TargetFlags } from './options.ts';
import { ownOptionsOf } from './own-options.ts';

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

/** The targets that the command line means. @throws UsageError for what cannot be read or does not exist */
export async function targetsOf(specs: readonly string[], flags: TargetFlags): Promise<Target[]> {
  const { image, transport, origin, insecure, ca, header, runtime } = flags;
  const globs = specs.some((spec) => spec.includes('*'));
  return loadTargets(globs ? expandTargets(specs, await listProxies()) : specs, {
    images: Object.fromEntries(image),
    runtime,
    origin,
    ...(transport ? { transports: transport } : {}),
    ...(insecure ? { insecure } : {}),
    ...(header ? { headers: header } : {}),
    ...ownOptionsOf(flags),
    ...(await certificateAuthority(ca)),
  });
}
