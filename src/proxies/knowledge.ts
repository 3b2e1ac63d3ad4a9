import type { Transport } from '../wire/endpoint.ts';
import type { DescribedFix, Descriptor, KnownOutcome, Variant } from './descriptor.ts';
import type { Expected, Fix } from './target.ts';
import { inRange } from './versions.ts';

function fits(versions: string | undefined, version: string | undefined): boolean {
  return versions === undefined || (version !== undefined && inRange(version, versions));
}

/** Of several known outcomes, the first that fits the version and the transport. */
export function outcomeAt(
  outcomes: readonly KnownOutcome[] | undefined,
  version: string | undefined,
  transport: Transport,
): KnownOutcome | undefined {
  return outcomes?.find(
    (entry) => fits(entry.versions, version) && (entry.transports ?? [transport]).includes(transport),
  );
}

/** The known outcome of a probe at a variant. */
export function expectedOf(
  variant: Variant,
  probe: string,
  version: string | undefined,
  transport: Transport,
): Expected | undefined {
  const found = outcomeAt(variant.expect?.[probe], version, transport);
  if (!found) return undefined;
  const { verdict, symptom, because, race } = found;
  return {
    verdict,
    ...(symptom === undefined ? {} : { symptom }),
    ...(because === undefined ? {} : { because }),
    ...(race ? { race } : {}),
  };
}

/**
 * The known outcome of a probe at a configuration of the user's: what the proxy does where it is configured as it should
 * be, no configuration is likely to change.
 */
export function expectedOfOwn(
  proxy: Descriptor,
  right: string,
  probe: string,
  version: string | undefined,
  transport: Transport,
): Expected | undefined {
  const found = expectedOf(proxy.variants[right]!, probe, version, transport);
  const because = `${proxy.name} does it where it is configured as it should be as well.`;
  return found && found.verdict !== 'pass' ? { because, ...found, elsewhere: true } : undefined;
}

/** Of the cures of a symptom, the first that fits the version. */
export function describedFix(
  proxy: Descriptor,
  symptom: string,
  version: string | undefined,
): DescribedFix | undefined {
  return proxy.fixes?.[symptom]?.find((entry) => fits(entry.versions, version));
}

/** The cure for a symptom, as reports have it. */
export function fixFor(proxy: Descriptor, symptom: string, version: string | undefined): Fix | undefined {
  const found = describedFix(proxy, symptom, version);
  if (!found) return undefined;
  const { text, config, docs } = found;
  return { text, ...(config === undefined ? {} : { config }), ...(docs === undefined ? {} : { docs }) };
}
