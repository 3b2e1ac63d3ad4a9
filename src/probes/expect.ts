import { Unexpected } from '../wire/unexpected.ts';

/** A requirement that did not hold: a finding. It never leaves the runner. */
export class Expectation extends Unexpected {
  override readonly name = 'Expectation';
}

/** A value in the words of a report: short, and nothing in it that a terminal would act on. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const bytes = Buffer.isBuffer(value);
  const text = bytes ? `${value.length} bytes ${value.subarray(0, 32).toString('hex')}` : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text;
}

function same(a: unknown, b: unknown): boolean {
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return a.equals(b);
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  return Object.is(a, b);
}

/** What can be required of a value. `what` names the value: "the key at the origin". */
export interface Requirement<T> {
  /** Says which part of a head the value is ({@link Unexpected.about}), for the diagnosis. */
  about(part: string): Requirement<T>;
  /** Equal: primitives by value, Buffers and arrays by content. */
  toBe(expected: T, what: string): void;
  /** A comma-separated list with this member, compared without case (RFC 9110 §5.6.1, §7.6.1). */
  toList(member: string, what: string): void;
  /** One of several. */
  toBeOneOf(expected: readonly T[], what: string): void;
  /** Anything but undefined, false, 0 and ''. */
  toHold(what: string): void;
  toBeAtMost(limit: number, what: string): void;
  toBeAtLeast(limit: number, what: string): void;
}

/** @throws Expectation from each of its methods when the requirement does not hold */
export function expect<T>(actual: T, part?: string): Requirement<T> {
  const fail = (expected: string, what: string): never => {
    throw new Expectation(`${what}: ${expected}`, `it is ${shown(actual)}`, 'value', part);
  };
  return {
    about: (named) => expect(actual, named),
    toBe(expected, what) {
      if (!same(actual, expected)) fail(shown(expected), what);
    },
    toList(member, what) {
      const members = String(actual ?? '').split(',');
      if (!members.some((one) => one.trim().toLowerCase() === member.toLowerCase())) {
        fail(`a list with ${shown(member)}`, what);
      }
    },
    toBeOneOf(expected, what) {
      if (!expected.some((one) => same(actual, one))) fail(`one of ${shown(expected)}`, what);
    },
    toHold(what) {
      if (!actual) fail('to be there', what);
    },
    toBeAtMost(limit, what) {
      if (!(Number(actual) <= limit)) fail(`at most ${limit}`, what);
    },
    toBeAtLeast(limit, what) {
      if (!(Number(actual) >= limit)) fail(`at least ${limit}`, what);
    },
  };
}
