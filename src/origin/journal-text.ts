import type { BodySample } from '../wire/body.ts';
import { type Field, RequestHead, ResponseHead } from '../wire/head.ts';
import type { SeenFrame } from '../wire/record.ts';
import type { Exchange, Unreadable } from './journal.ts';

/** What of a journal goes over a wire. */
export interface JournalPage {
  readonly exchanges: readonly Exchange[];
  readonly unreadable: readonly Unreadable[];
  /** On the monotonic clock of the origin, ms: when this was written. */
  readonly now: number;
}

interface TextOfHead {
  readonly start: string;
  readonly fields: readonly Field[];
}
interface TextOfSample {
  readonly preview: string;
  readonly length: number;
}
interface TextOfExchange extends Omit<Exchange, 'head' | 'reply' | 'body' | 'replyBody' | 'frames'> {
  readonly head: TextOfHead;
  readonly reply?: TextOfHead;
  readonly body: TextOfSample;
  readonly replyBody?: TextOfSample;
  readonly frames: readonly (Omit<SeenFrame, 'payload'> & { readonly payload: string })[];
}
interface TextOfPage {
  readonly format: number;
  readonly now: number;
  readonly exchanges: readonly TextOfExchange[];
  readonly unreadable: readonly (Omit<Unreadable, 'start'> & { readonly start: string })[];
}

/** Changed whenever an exchange is: two versions that do not understand each other must not guess. */
const FORMAT = 1;

const textOfSample = ({ preview, length }: BodySample): TextOfSample => ({
  preview: preview.toString('base64'),
  length,
});
const sampleOfText = ({ preview, length }: TextOfSample): BodySample => ({
  preview: Buffer.from(preview, 'base64'),
  length,
});
const textOfHead = ({ start, fields }: TextOfHead): TextOfHead => ({ start, fields });

function textOfExchange(exchange: Exchange): TextOfExchange {
  const { head, reply, body, replyBody, frames, ...plain } = exchange;
  return {
    ...plain,
    head: textOfHead(head),
    ...(reply ? { reply: textOfHead(reply) } : {}),
    body: textOfSample(body),
    ...(replyBody ? { replyBody: textOfSample(replyBody) } : {}),
    frames: frames.map((frame) => ({ ...frame, payload: frame.payload.toString('base64') })),
  };
}

/** @param later ms by which the clock of the reader is ahead of the origin's */
function exchangeOfText(text: TextOfExchange, later: number): Exchange {
  const { head, reply, body, replyBody, frames, pieces, ending, left, repliedAt, arrivedAt, ...plain } = text;
  const here = <T extends { readonly at: number }>(one: T): T => ({ ...one, at: one.at + later });
  return {
    ...plain,
    arrivedAt: arrivedAt + later,
    ...(repliedAt === undefined ? {} : { repliedAt: repliedAt + later }),
    head: new RequestHead(head.start, head.fields),
    ...(reply ? { reply: new ResponseHead(reply.start, reply.fields) } : {}),
    body: sampleOfText(body),
    ...(replyBody ? { replyBody: sampleOfText(replyBody) } : {}),
    ...(pieces ? { pieces: pieces.map(here) } : {}),
    frames: frames.map((frame) => ({ ...here(frame), payload: Buffer.from(frame.payload, 'base64') })),
    ...(ending ? { ending: here(ending) } : {}),
    ...(left ? { left: here(left) } : {}),
  };
}

/** A page as a text that {@link readPage} understands. */
export function writePage({ exchanges, unreadable, now }: JournalPage): string {
  const page: TextOfPage = {
    format: FORMAT,
    now,
    exchanges: exchanges.map(textOfExchange),
    unreadable: unreadable.map((one) => ({ ...one, start: one.start.toString('base64') })),
  };
  return JSON.stringify(page);
}

/**
 * Reads a page that our origin has written.
 *
 * @param clock ms by which the reader's clock is ahead of the origin's, when it is known
 * @returns undefined when it is the page of another version
 */
export function readPage(text: string, clock = 0): JournalPage | undefined {
  const page = JSON.parse(text) as TextOfPage;
  if (page.format !== FORMAT) return undefined;
  return {
    now: page.now,
    exchanges: page.exchanges.map((one) => exchangeOfText(one, clock)),
    unreadable: page.unreadable.map((one) => ({ ...one, at: one.at + clock, start: Buffer.from(one.start, 'base64') })),
  };
}
