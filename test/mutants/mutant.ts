import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import type { Frame } from '../../src/wire/frame.ts';
import { type Field, RequestHead, ResponseHead } from '../../src/wire/head.ts';
import { type Meddling, type Pair, relay } from './relay.ts';

/** A proxy that does one thing wrong, the probes that must turn red on it, and the symptom that each must be given. */
export interface Mutant {
  /** The file's name. */
  readonly name: string;
  readonly proxy: ModuleProxy;
  /** Probe id → symptom. */
  readonly breaks: Readonly<Record<string, string>>;
}

/** @param meddling a function when it remembers something: it is called for each start, so that nothing is left over */
export function defineMutant(
  name: string,
  breaks: Record<string, string>,
  meddling: Meddling | (() => Meddling) | ModuleProxy,
): Mutant {
  return { name, breaks, proxy: 'start' in meddling ? meddling : relay(name, meddling) };
}

/** What a mutant remembers of each connection. */
export function perPair<T>(begin: () => T): (pair: Pair) => T {
  const memories = new WeakMap<Pair, { value: T }>();
  return (pair) => {
    const memory = memories.get(pair) ?? { value: begin() };
    memories.set(pair, memory);
    return memory.value;
  };
}

/** Does something to each connection that it has, when it is to read its configuration again or to end. */
export function toAllPairs(when: 'reload' | 'stop', act: (pair: Pair) => void): () => Meddling {
  return () => {
    const pairs = new Set<Pair>();
    return {
      response: (head, pair) => {
        pairs.add(pair);
        return head;
      },
      [when]: () => pairs.forEach(act),
    };
  };
}

/** Ends a tunnel through which no frame has gone for this many ms, of those that it counts. */
export function idleTimeout(ms: number, counts: (frame: Frame, way: 'up' | 'down') => boolean): () => Meddling {
  return () => {
    const clock = perPair(() => ({ timer: undefined as NodeJS.Timeout | undefined }));
    const restart = (pair: Pair): void => {
      clearTimeout(clock(pair).timer);
      clock(pair).timer = setTimeout(() => {
        pair.client.finish();
        pair.origin.finish();
      }, ms).unref();
    };
    const watch =
      (way: 'up' | 'down'): NonNullable<Meddling['upFrame']> =>
      (frame, pass, pair) => {
        if (counts(frame, way)) restart(pair);
        pass(frame);
      };
    return {
      response: (head, pair) => {
        restart(pair);
        return head;
      },
      upFrame: watch('up'),
      downFrame: watch('down'),
    };
  };
}

/** The head without these fields. */
export function without<H extends RequestHead | ResponseHead>(head: H, ...names: string[]): H {
  return withFields(head, (fields) => fields.filter(([name]) => !names.includes(name.toLowerCase())));
}

/** The head with other fields. */
export function withFields<H extends RequestHead | ResponseHead>(head: H, change: (fields: Field[]) => Field[]): H {
  const Kind = head instanceof RequestHead ? RequestHead : ResponseHead;
  return new Kind(head.start, change([...head.fields])) as H;
}

/** The head with this one value in place of all field lines of the name, or at its end when there is none. */
export function withField<H extends RequestHead | ResponseHead>(head: H, name: string, value: string): H {
  return withFields(without(head, name.toLowerCase()), (fields) => [...fields, [name, value]]);
}

/** The head with another start line. */
export function withStart<H extends RequestHead | ResponseHead>(head: H, start: string): H {
  const Kind = head instanceof RequestHead ? RequestHead : ResponseHead;
  return new Kind(start, head.fields) as H;
}
