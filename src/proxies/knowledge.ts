import type { Transport } from '../wire/endpoint.ts';
import type { Descriptor, Variant } from './descriptor.ts';
import type { Expected, Fix } from './target.ts';
import { inRange } from './versions.ts';

function fits(versions: string | undefined, version: string | undefined): boolean {
  return versions === undefined || (version !== undefined && inRange(version, versions));
}

/** The known outcome of a probe: the first entry that fits the version and the transport. */
export function expectedOf(
  variant: Variant,
  probe: string,
  version: string | undefined,
  transport: Transport,
): Expected | undefined {
  const found = variant.expect?.[probe]?.find(
    (entry) => fits(entry.versions, version) && (entry.transports ?? [transport]).includes(transport),
  );
  return found && { verdict: found.verdict, ...(found.because === undefined ? {} : { because: found.because }) };
}

/** The cure for a symptom: the first entry that fits the version. */
export function fixFor(proxy: Descriptor, symptom: string, version: string | undefined): Fix | undefined {
  const found = proxy.fixes?.[symptom]?.find((entry) => fits(entry.versions, version));
  if (!found) return undefined;
  const { text, config, docs } = found;
  return { text, ...(config === undefined ? {} : { config }), ...(docs === undefined ? {} : { docs }) };
}
