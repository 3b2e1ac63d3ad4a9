import { encodeFrame, type Frame, type FrameInit, FrameReader } from '../../src/wire/frame.ts';
import type { Ending, Link } from '../../src/wire/link.ts';
import type { Pair } from './relay.ts';

export type Pass<T> = (item: T) => void;
/** Nothing more is read from the side that the item came from until the promise, if there is one, is settled. */
export type Hook<T, Out = T> = (item: T, pass: Pass<Out>, pair: Pair) => void | Promise<unknown>;

/** What frames of the relay itself are masked with. */
export const MASK = Buffer.from([1, 2, 3, 4]);

export const transparent: Hook<Buffer> = (bytes, pass) => pass(bytes);

/** Runs a byte stream through a frame hook. */
export function framed(hook: Hook<Frame, FrameInit>, mask: Buffer | undefined): Hook<Buffer> {
  const reader = new FrameReader();
  return (chunk, pass, pair) => {
    const write: Pass<FrameInit> = (frame) => pass(encodeFrame({ mask, ...frame }));
    const busy = reader.push(chunk).flatMap((frame) => hook(frame, write, pair) ?? []);
    if (busy.length > 0) return Promise.all(busy);
  };
}

export interface Direction {
  readonly feed: Pass<Buffer>;
  /** Calls back when all that was fed has been passed on, or not. */
  readonly end: (then: () => void) => void;
}

/**
 * One direction behind the heads. The source is read only as fast as the sink takes it and the hook is done: a relay
 * that reads eagerly would be no proxy but a bottomless buffer.
 */
export function direction(hook: Hook<Buffer>, source: Link, sink: Link, pair: Pair): Direction {
  let holds = 0;
  let full = false;
  let atRest: (() => void) | undefined;
  const hold = (until: Promise<unknown>): void => {
    if (holds++ === 0) source.pause();
    void until.then(() => {
      if (--holds > 0) return;
      source.resume();
      atRest?.();
    });
  };
  const write: Pass<Buffer> = (bytes) => {
    if (sink.write(bytes) || full) return;
    full = true;
    hold(sink.drained().then(() => (full = false)));
  };
  return {
    feed: (bytes) => {
      const busy = hook(bytes, write, pair);
      if (busy) hold(busy);
    },
    // An end is seen while the source is paused: what came before it may still be in the hook.
    end: (then) => {
      if (holds === 0) then();
      else atRest = then;
    },
  };
}

/** Ends the sink as the source has ended: a FIN stands behind the data, a RST does not. */
export function afterRest(flow: Direction, ending: Ending, sink: Link): void {
  if (ending.how === 'rst') sink.reset();
  else flow.end(() => sink.finish());
}
