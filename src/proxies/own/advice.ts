import type { OwnRules } from '../descriptor.ts';
import type { Upstream } from './upstream.ts';

/** What the first group of each match is, each once. */
function named(log: string, pattern: string | undefined): string[] {
  if (pattern === undefined) return [];
  return [...new Set([...log.matchAll(new RegExp(pattern, 'gm'))].flatMap((match) => match[1] ?? []))];
}

/** What to do about upstreams and files that a log misses, as a sentence. */
export function adviceOn(
  log: string,
  { unresolved, missing }: OwnRules,
  upstreams: readonly Upstream[],
): string | undefined {
  const given = (one: string): boolean => upstreams.some(({ host, name }) => host === one || name === one);
  const lost = named(log, unresolved).filter((name) => !given(name));
  if (lost.length > 0) {
    const flags = lost.map((name) => `--origin-as ${name.includes(':') ? name : `${name}:PORT`}`).join(' ');
    return `The configuration names an upstream that is not there: let the origin stand in for it with ${flags}.`;
  }
  const files = named(log, missing);
  if (files.length === 0) return undefined;
  return `The configuration reads what is not here: give it with ${files.map((path) => `--mount FILE:${path}`).join(' ')}.`;
}
