import { isControl, Opcode } from '../wire/frame.ts';
import type { SeenFrame } from '../wire/record.ts';
import { type Dialogue, inDialogue, unwanted } from './dialogue.ts';
import type { Symptom } from './symptom.ts';

/** ms between the first and the last frame of an end, from which on it is a habit and not a burst. */
const HABIT = 100;

type Way = 'client' | 'origin';

/** What went over a connection until it was cut: which ends sent messages, and which kinds of control frames went. */
interface Traffic {
  readonly messages: readonly Way[];
  readonly opcodes: ReadonlySet<number>;
}

const sentBy = ({ frames }: Dialogue['client']): SeenFrame[] => frames.filter(({ way }) => way === 'sent');

const lasted = (frames: readonly SeenFrame[]): number => (frames.at(-1)?.at ?? 0) - (frames[0]?.at ?? 0);

/** The traffic of a connection that was cut although something went over it again and again. */
function trafficUntilCut(dialogue: Dialogue): Traffic | undefined {
  const { client, origin } = dialogue;
  if (!unwanted(dialogue) || !(client.ending ?? origin.ending)) return undefined;
  const sent = { client: sentBy(client), origin: sentBy(origin) };
  if (Math.max(lasted(sent.client), lasted(sent.origin)) < HABIT) return undefined;
  return {
    messages: (['client', 'origin'] as const).filter((way) => sent[way].some(({ opcode }) => !isControl(opcode))),
    opcodes: new Set([...sent.client, ...sent.origin].map(({ opcode }) => opcode)),
  };
}

const shows = (fits: (traffic: Traffic) => boolean): Symptom['shows'] =>
  inDialogue((dialogue) => {
    const traffic = trafficUntilCut(dialogue);
    return traffic !== undefined && fits(traffic);
  });

const onlyFrom = (way: Way): Symptom['shows'] => shows(({ messages }) => messages.length === 1 && messages[0] === way);

/** Connections that are in use, and that the proxy takes for idle because of the way in which they are used. */
export const oneWay: readonly Symptom[] = [
  {
    id: 'client-only-cut',
    title: 'The proxy cuts a connection on which only the client sends',
    advice: 'Its timeout counts what the origin sends: raise it, or let the origin answer or ping.',
    shows: onlyFrom('client'),
  },
  {
    id: 'origin-only-cut',
    title: 'The proxy cuts a connection on which only the origin sends',
    advice:
      'Its timeout counts what the client sends: raise it, or let the origin ping, which makes the client answer.',
    shows: onlyFrom('origin'),
  },
  {
    id: 'pings-only-cut',
    title: 'The proxy cuts a connection over which only pings and pongs go',
    advice: 'Its timeout counts messages and no control frames: raise it, or send a small message now and then.',
    shows: shows(({ messages, opcodes }) => messages.length === 0 && opcodes.has(Opcode.ping)),
  },
  {
    id: 'pongs-only-cut',
    title: 'The proxy cuts a connection that unsolicited pongs are to keep open',
    advice: 'They go one way and are not answered: raise its timeout, or send pings in their place.',
    shows: shows(({ messages, opcodes }) => messages.length === 0 && !opcodes.has(Opcode.ping)),
  },
];
