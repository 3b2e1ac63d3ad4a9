import { z } from 'zod';
import { suggestion } from '../errors.ts';

/** One thing that is wrong with a value from a user's file, and where in the value. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  /** `expected …, got …` */
  readonly message: string;
}

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'keys and values',
  record: 'keys and values',
};

/** Stands for a value that is nobody's to see. */
const HIDDEN = Symbol('hidden');

/** A value as it is named in a message: short, and never more than the first words of it. */
function named(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (value === HIDDEN) return 'something that is not shown';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'keys and values';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const quoted = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

/** The words for "at least one of many": `a list of at least 1`, `a number of at most 65535`. */
function bounded(origin: string, word: 'least' | 'most', limit: number | bigint): string {
  const subject = origin === 'array' ? 'a list of' : origin === 'string' ? 'a text of length' : 'a number of';
  return `${subject} at ${word} ${limit}`;
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? quoted(issue.values) : `one of ${quoted(issue.values)}`;
    case 'too_small':
      return bounded(issue.origin, 'least', issue.minimum);
    case 'too_big':
      return bounded(issue.origin, 'most', issue.maximum);
    default:
      // The schema says in its own words what it wants: z.string().regex(…, 'a port number').
      return issue.message;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at === undefined || at === null ? undefined : (at as never)[step]), value);
}

/** The faults of the branch of a union that was meant, or what all of its branches want. */
function unionFaults(issue: z.core.$ZodIssueInvalidUnion, value: unknown, path: readonly PropertyKey[]): Fault[] {
  const isKind = ({ code, path: at }: z.core.$ZodIssue): boolean =>
    at.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
  const meant = issue.errors.find((branch) => !branch.some(isKind));
  if (meant) return describe(meant, value, path);
  const wanted = new Set(issue.errors.flatMap((branch) => branch.filter(isKind).map(expectation)));
  return [{ path, message: `expected ${[...wanted].join(', or ')}, got ${named(valueAt(value, path))}` }];
}

function describe(issues: readonly z.core.$ZodIssue[], value: unknown, base: readonly PropertyKey[]): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'invalid_union') return unionFaults(issue, value, path);
    if (issue.code === 'unrecognized_keys') {
      const known = issue.message.split(', ');
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `expected one of ${quoted(known)}, got "${key}".${suggestion(key, known)}`,
      }));
    }
    if (issue.code === 'invalid_key') {
      return [{ path, message: `expected ${issue.issues.map(expectation).join(', ')}, got ${named(path.at(-1))}` }];
    }
    const got = valueAt(value, path);
    // A rule about several keys at once: what is there is written above it.
    const whole = issue.code === 'custom' && typeof got === 'object';
    return [{ path, message: `expected ${expectation(issue)}${whole ? '' : `, got ${named(got)}`}` }];
  });
}

/** A value with its texts and numbers hidden. */
function hidden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hidden);
  if (typeof value !== 'object') return value === undefined ? value : HIDDEN;
  return value && Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hidden(one)]));
}

/** What may be shown of a value. JSON Schema's word for a secret is `writeOnly` (draft 2020-12, validation §9.4). */
function withoutSecrets(value: unknown, shape: z.ZodType): unknown {
  if (!(shape instanceof z.ZodObject) || typeof value !== 'object' || value === null) return value;
  const isSecret = (key: string): boolean => (shape.shape[key] as z.ZodType | undefined)?.meta()?.writeOnly === true;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, isSecret(key) ? hidden(one) : one]));
}

/**
 * Checks a value from a user's file against its schema. What is wrong with a secret is told without it.
 *
 * @returns the value as the schema gives it, or every fault of it
 */
export function check<T>(value: unknown, shape: z.ZodType<T>): { value: T } | { faults: Fault[] } {
  const checked = shape.safeParse(value, {
    // An issue does not carry the keys that would have been right; the schema that raised it does.
    error: (issue) =>
      issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject
        ? Object.keys(issue.inst.shape).join(', ')
        : undefined,
  });
  if (checked.success) return { value: checked.data };
  return { faults: describe(checked.error.issues, withoutSecrets(value, shape), []) };
}
