import type { SpecRef } from './probe.ts';
import { SECTIONS } from './sections.ts';

/** Where a reference can be read: `rfc6455#section-4.1` at the RFC editor's, an address as it is. */
export function specUrl(ref: SpecRef): string {
  return /^rfc\d+/.test(ref) ? `https://www.rfc-editor.org/rfc/${ref.replace('#', '.html#')}` : ref;
}

/** What a reference is called: `RFC 6455 §4.1, Client Requirements`; an address has no other name. */
export function specName(ref: SpecRef): string {
  const [, number, section] = /^rfc(\d+)#section-([\d.]+)$/.exec(ref) ?? [];
  if (number === undefined) return ref.replace(/^https:\/\//, '');
  const title = SECTIONS[ref];
  return `RFC ${number} §${section}${title === undefined ? '' : `, ${title}`}`;
}
