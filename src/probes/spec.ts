import type { SpecRef } from './probe.ts';

/** Where a reference can be read: `rfc6455#section-4.1` at the RFC editor's, an address as it is. */
export function specUrl(ref: SpecRef): string {
  return /^rfc\d+/.test(ref) ? `https://www.rfc-editor.org/rfc/${ref.replace('#', '.html#')}` : ref;
}
