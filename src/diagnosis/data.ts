import { type Dialogue, type Flow, inDialogue, inWords, tellFlow, undelivered } from './dialogue.ts';
import { type Difference, differenceIn, type SeenMessage } from './messages.ts';
import type { Presumption, Symptom } from './symptom.ts';

const shows = (kind: Difference['kind']): Symptom['shows'] =>
  inDialogue(({ flows }) => flows.some((flow) => differenceIn(flow)?.kind === kind));

const tell = (kind: Difference['kind'], words: (difference: Difference, flow: Flow) => string) =>
  tellFlow((flow) => {
    const difference = differenceIn(flow);
    return difference?.kind === kind ? words(difference, flow) : undefined;
  });

/** "message 3 of the client", counted as people count. */
const which = ({ ordinal }: Difference, { from }: Flow): string => `Message ${ordinal + 1} of the ${from.name}`;
const shape = (message?: SeenMessage): string => (message ? `${message.type} of ${message.length} bytes` : 'nothing');
const counts = ({ sentCount, receivedCount }: Difference, { to }: Flow): string =>
  `${sentCount} were sent, and ${receivedCount} came to the ${to.name}`;

function howAltered(difference: Difference, flow: Flow): string {
  const { sent, received } = difference;
  const what = which(difference, flow);
  if (shape(sent) !== shape(received))
    return `${what}, ${shape(sent)}, came to the ${flow.to.name} as ${shape(received)}`;
  const at = sent!.start.findIndex((byte, i) => byte !== received!.start[i]);
  const where = at < 0 ? `somewhere behind the first ${sent!.start.length}` : `from byte ${at} on`;
  return `${what}, ${shape(sent)}, came to the ${flow.to.name} with other bytes, ${where}`;
}

/** Both ends are there, and nobody has ended anything. */
const open = ({ client, origin }: Dialogue): boolean =>
  !client.ending && !origin.ending && !client.left && !origin.left;

/** What the messages that were sent became on their way. */
export const data: readonly Symptom[] = [
  {
    id: 'clients-mixed-up',
    title: 'The proxy gives one client what is meant for another',
    advice:
      'Take it out of service: everybody reads what others write. Look for buffers or connections to the origin that are ' +
      'used again while they belong to somebody.',
    shows: ({ astray }) => astray !== undefined,
    detail: ({ astray }) => `What one client had said, “${astray}”, came to another client`,
  },
  {
    id: 'messages-altered',
    title: 'The proxy changes what is in messages',
    advice:
      'Behind the 101 a proxy has nothing to rewrite: take filters, compression and substitutions off this route.',
    shows: shows('altered'),
    detail: tell('altered', howAltered),
  },
  {
    id: 'messages-reordered',
    title: 'The proxy changes the order of messages',
    advice: 'It hands frames to several workers or queues: one direction of a connection needs one queue.',
    shows: shows('reordered'),
    detail: tell('reordered', (difference, flow) => `${which(difference, flow)} was overtaken by a later one`),
  },
  {
    id: 'messages-repeated',
    title: 'The proxy delivers messages more than once',
    advice: 'It retries what it has sent already, or writes a buffer again after a short write.',
    shows: shows('repeated'),
    detail: tell(
      'repeated',
      (difference, flow) => `${which(difference, flow)} came again: ${counts(difference, flow)}`,
    ),
  },
  {
    id: 'messages-invented',
    title: 'The proxy puts messages into the conversation that the other end never sent',
    advice:
      'They are its own, or those of another connection: look for shared buffers, and for whoever else is told them.',
    shows: shows('invented'),
    detail: tell(
      'invented',
      (difference, { from, to }) =>
        `The ${to.name} got ${difference.receivedCount} messages, and the ${from.name} sent ${difference.sentCount}`,
    ),
  },
  {
    id: 'messages-lost',
    title: 'The proxy loses messages, while later ones come through',
    advice:
      'A buffer that is full is thrown away, or a frame that the proxy does not expect: look at its limits and its log.',
    shows: shows('lost'),
    detail: tell('lost', (difference, flow) => `${which(difference, flow)} was lost: ${counts(difference, flow)}`),
  },
];

/** Where it shows in any case that messages do not come; of messages that are all alike nobody can say which are lost. */
export const TOLD_BY_TEXT: readonly Presumption[] = ['messages-withheld', 'opening-messages-lost'].map((symptom) => ({
  probe: 'messages/text',
  symptom,
}));

/** What has not come, while nothing says that it is gone for good. */
export const heldBack: readonly Symptom[] = [
  {
    id: 'directions-block-each-other',
    title: 'The proxy does not read from one side while it waits to write to the other, until both wait for ever',
    advice: 'Each direction needs a buffer of its own, and has to be read and written whatever the other one does.',
    shows: inDialogue((dialogue) => open(dialogue) && dialogue.flows.every((flow) => undelivered(flow) !== undefined)),
  },
  {
    id: 'messages-withheld',
    title: 'The proxy holds messages back while the connection is open',
    advice:
      'It waits for a full buffer, for the end of the “response”, or for the other side to speak: turn buffering off.',
    presumes: TOLD_BY_TEXT,
    shows: inDialogue((dialogue) => open(dialogue) && dialogue.flows.some((flow) => undelivered(flow) !== undefined)),
    detail: tellFlow((flow) => {
      const frame = undelivered(flow);
      return frame && `The ${flow.from.name} sent ${inWords(frame)}, and it has not come to the ${flow.to.name}`;
    }),
  },
];
