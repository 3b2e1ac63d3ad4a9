import type { Evidence } from './evidence.ts';
import { asksForWebSocket, stageOf } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** Connections from which on it is their number that matters. */
const CROWD = 10;

const others = ({ others = [] }: Evidence): number => others.length;
const open = ({ others = [] }: Evidence): number => others.filter((other) => other.open).length;

/** How many, roughly: a limit is not met at the same place each time. */
const roughly = (count: number): number => Math.floor(count / 10) * 10;

/** An exchange that got nowhere, after others like it had got through. */
const leftOut = (evidence: Evidence): boolean => stageOf(evidence) === 'handshake' && others(evidence) >= CROWD;

/** What depends on how many others there are. */
export const crowds: readonly Symptom[] = [
  {
    id: 'requests-starved',
    title: 'Plain requests are not answered while many WebSockets are open',
    advice:
      'WebSockets take the workers or the connections that requests need: raise their number, or keep them apart.',
    shows: (evidence) => leftOut(evidence) && open(evidence) >= CROWD && !asksForWebSocket(evidence.sent),
  },
  {
    id: 'connection-limit',
    title: 'The proxy holds no more connections than it has places for',
    advice: 'Each WebSocket takes a place for hours: raise its number of workers, connections or open files.',
    shows: (evidence) => leftOut(evidence) && open(evidence) >= CROWD,
    detail: (evidence) =>
      `While at least ${roughly(open(evidence))} connections were open, the next one did not get through`,
  },
  {
    id: 'places-not-freed',
    title: 'Connections that have ended keep their places in the proxy',
    advice:
      'It does not notice their end, or does not count it: look at what it still holds open, and at its timeouts.',
    shows: leftOut,
    detail: (evidence) =>
      `After at least ${roughly(others(evidence))} connections had come and gone, the next one did not get through`,
  },
];
