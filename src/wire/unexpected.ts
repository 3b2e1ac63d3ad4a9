/** What kind of thing did not happen as it should. Diagnosis reads it; the wording is for people. */
export type UnexpectedKind = 'value' | 'refused' | 'timeout' | 'ended' | 'protocol' | 'unreachable';

/**
 * Something on the wire was not as the protocol (or the probe) expects it.
 * It is an observation about the other side, never a fault of ours: faults of ours are ordinary errors.
 */
export class Unexpected extends Error {
  override readonly name: string = 'Unexpected';
  readonly expected: string;
  readonly actual: string;
  readonly kind: UnexpectedKind;
  /** The part of a head that did not hold: a field name in lower case, `version`, `target`, `status`; or `origins`, or what was to be agreed upon. */
  readonly about: string | undefined;

  constructor(expected: string, actual: string, kind: UnexpectedKind = 'value', about?: string) {
    super(`expected ${expected}, but ${actual}`);
    this.expected = expected;
    this.actual = actual;
    this.kind = kind;
    this.about = about;
  }
}
