import type { Entrance } from '../origin/server.ts';

const and = new Intl.ListFormat('en', { type: 'conjunction' });

/** By which of its upstreams a proxy came to the origin, as sentences; where there is one, that goes without saying. */
export function upstreamNotes(entrances: readonly Pick<Entrance, 'upstream' | 'asked'>[]): string[] {
  if (entrances.length < 2) return [];
  const named = (which: (entrance: Pick<Entrance, 'asked'>) => boolean): string[] =>
    entrances.filter(which).map(({ upstream }) => upstream);
  const webSockets = named(({ asked }) => asked.webSockets > 0);
  const plain = named(({ asked }) => asked.plain > 0);
  const unasked = named(({ asked }) => asked.webSockets === 0 && asked.plain === 0);
  return [
    ...(webSockets.length > 0 ? [`Handshakes came to the origin as ${and.format(webSockets)}.`] : []),
    ...(plain.length > 0 ? [`Plain requests came to it as ${and.format(plain)}.`] : []),
    ...(unasked.length > 0 ? [`Nothing came to it as ${and.format(unasked)}.`] : []),
  ];
}
