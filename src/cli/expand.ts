import { UsageError } from '../errors.ts';
import type { ProxySummary } from '../proxies/summary.ts';
import { inRange } from '../proxies/versions.ts';
import { globMatches } from '../runner/plan.ts';

const TRANSPORT = /\/(ws|wss|h2)$/;

/** The folder of a proxy in a target with `*`, as it is written: `./my-proxy/` of `./my-proxy/:*`. */
export function folderIn(spec: string): string | undefined {
  return /^(\.{0,2}\/[^@:*]*)[@:].*\*/.exec(spec)?.[1];
}

/** All targets of a proxy that are written with the same parts as the glob: `nginx@*` has versions and no variants. */
function candidates({ name, versions, variants, right }: ProxySummary, glob: string): string[] {
  const named = glob.includes(':') ? variants : variants.filter((variant) => variant.name === right);
  return (glob.includes('@') ? versions : [undefined]).flatMap((version) =>
    named
      // In a version that does not understand it, a variant is no target.
      .filter((variant) => !version || !variant.versions || inRange(version, variant.versions))
      .map((variant) => `${name}${version ? `@${version}` : ''}${glob.includes(':') ? `:${variant.name}` : ''}`),
  );
}

/**
 * Targets with `*` in them as the targets that they stand for: `*` is every proxy, `nginx:*` every variant, `nginx@*`
 * every version. The others stay as they are.
 *
 * @throws UsageError when a glob stands for nothing
 */
export function expandTargets(specs: readonly string[], proxies: readonly ProxySummary[]): string[] {
  return specs.flatMap((spec) => {
    if (!spec.includes('*')) return [spec];
    const transport = TRANSPORT.exec(spec)?.[0] ?? '';
    const glob = spec.slice(0, spec.length - transport.length);
    const found = proxies.flatMap((proxy) => candidates(proxy, glob)).filter((one) => globMatches(glob, one));
    if (found.length === 0)
      throw new UsageError(`No target matches "${spec}". \`wsproof list proxies\` names them all.`);
    return found.map((one) => one + transport);
  });
}
