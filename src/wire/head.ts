/** One field line as it stood on the wire: the name in its own case, the value without the white space around it. */
export type Field = readonly [name: string, value: string];

/** A head beyond these is refused, never buffered: no peer can make this process grow without bound. */
export const HEAD_LIMIT = { bytes: 160 * 1024, fields: 400 } as const;

/** The bytes do not form an HTTP/1 head (RFC 9112 §2.2), or are beyond {@link HEAD_LIMIT}. */
export class MalformedHead extends Error {
  override readonly name = 'MalformedHead';
}

/**
 * The start line and field lines of a message in the order, the case and the number in which they came
 * (RFC 9110 §5; order and case mean nothing to HTTP and everything to somebody who looks for a proxy's doings).
 */
export class Head {
  readonly start: string;
  readonly fields: readonly Field[];

  constructor(start: string, fields: readonly Field[]) {
    this.start = start;
    this.fields = fields;
  }

  /** The combined field value (RFC 9110 §5.2), or undefined when no such field line came. */
  get(name: string): string | undefined {
    const lines = this.all(name);
    return lines.length === 0 ? undefined : lines.join(', ');
  }

  /** The value of each field line of this name, in order. */
  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.fields.filter(([field]) => field.toLowerCase() === wanted).map(([, value]) => value);
  }

  /** The members of a comma-separated list field, trimmed, empty members left out (RFC 9110 §5.6.1). */
  list(name: string): string[] {
    return this.all(name)
      .flatMap((value) => value.split(','))
      .map((member) => member.trim())
      .filter((member) => member !== '');
  }

  /** Whether a list field holds this token, compared without case (RFC 9110 §7.6.1, RFC 6455 §4.2.1). */
  lists(name: string, token: string): boolean {
    return this.list(name).some((member) => member.toLowerCase() === token.toLowerCase());
  }

  has(name: string): boolean {
    return this.all(name).length > 0;
  }

  /** The head as HTTP/1 text, without the empty line that ends it. */
  toString(): string {
    return [this.start, ...this.fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n');
  }

  /** The head as HTTP/1 bytes, with the empty line that ends it. */
  toBytes(): Buffer {
    return Buffer.from(`${this.toString()}\r\n\r\n`, 'latin1');
  }
}

/** The head of a request, of whatever version (RFC 9112 §3, RFC 9113 §8.3.1). */
export class RequestHead extends Head {
  get method(): string {
    return this.start.split(' ')[0] ?? '';
  }

  /** The request target as it stood on the line, never decoded. */
  get target(): string {
    return this.start.split(' ').slice(1, -1).join(' ');
  }

  /** `HTTP/1.1`, `HTTP/1.0`, `HTTP/2`. */
  get version(): string {
    return this.start.split(' ').at(-1) ?? '';
  }

  /** Whether the connection ends with the answer, because the client wants it so (RFC 9112 §9.3). */
  get last(): boolean {
    if (this.version === 'HTTP/2') return false;
    return (
      this.lists('connection', 'close') || (this.version === 'HTTP/1.0' && !this.lists('connection', 'keep-alive'))
    );
  }
}

/** The head of a response, of whatever version (RFC 9112 §4, RFC 9113 §8.3.2). */
export class ResponseHead extends Head {
  get version(): string {
    return this.start.split(' ')[0] ?? '';
  }

  get status(): number {
    return Number(this.start.split(' ')[1]);
  }

  get reason(): string {
    return this.start.split(' ').slice(2).join(' ');
  }
}

/**
 * Where the head ends in these bytes: the index of the first byte behind the empty line, or -1 when it is not whole yet.
 * A bare LF is taken for a line end (RFC 9112 §2.2 allows it), so that a sloppy peer can still be diagnosed.
 *
 * @throws MalformedHead when there are more bytes than {@link HEAD_LIMIT} and still no end.
 */
export function endOfHead(bytes: Buffer): number {
  const [strict, sloppy] = [bytes.indexOf('\n\r\n'), bytes.indexOf('\n\n')];
  const end = sloppy >= 0 && (strict < 0 || sloppy < strict) ? sloppy + 2 : strict < 0 ? -1 : strict + 3;
  if ((end < 0 ? bytes.length : end) > HEAD_LIMIT.bytes) {
    throw new MalformedHead(`the head is longer than ${HEAD_LIMIT.bytes} bytes`);
  }
  return end;
}

/** RFC 9110 §5.6.3: spaces and tabs, and none of the other characters that JavaScript takes for white space. */
const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** By hand: a pattern that looks for white space at the end takes the square of the time for much of it in between. */
function trimmed(value: string): string {
  let [from, to] = [0, value.length];
  while (from < to && isBlank(value[from])) from++;
  while (to > from && isBlank(value[to - 1])) to--;
  return value.slice(from, to);
}

function parse(bytes: Buffer): { start: string; fields: Field[] } {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  while (lines.at(-1) === '') lines.pop();
  const start = lines.shift() ?? '';
  if (lines.length > HEAD_LIMIT.fields) throw new MalformedHead(`the head has more than ${HEAD_LIMIT.fields} fields`);
  const fields: Field[] = [];
  for (const line of lines) {
    const last = fields.at(-1);
    // RFC 9112 §5.2: a line that begins with white space goes on with the value before.
    if (last && /^[ \t]/.test(line)) {
      fields[fields.length - 1] = [last[0], `${last[1]} ${trimmed(line)}`];
      continue;
    }
    const colon = line.search(/:|^[ \t]/);
    if (colon <= 0) throw new MalformedHead(`a field line without a name: ${JSON.stringify(line.slice(0, 80))}`);
    fields.push([line.slice(0, colon), trimmed(line.slice(colon + 1))]);
  }
  return { start, fields };
}

/** @throws MalformedHead when the first line is no request line (RFC 9112 §3). */
export function parseRequestHead(bytes: Buffer): RequestHead {
  const { start, fields } = parse(bytes);
  if (!/^\S+ \S.* HTTP\/\d\.\d$/.test(start)) {
    throw new MalformedHead(`not an HTTP/1 request line: ${JSON.stringify(start.slice(0, 80))}`);
  }
  return new RequestHead(start, fields);
}

/** @throws MalformedHead when the first line is no status line (RFC 9112 §4). */
export function parseResponseHead(bytes: Buffer): ResponseHead {
  const { start, fields } = parse(bytes);
  if (!/^HTTP\/\d\.\d \d{3}( |$)/.test(start)) {
    throw new MalformedHead(`not an HTTP/1 status line: ${JSON.stringify(start.slice(0, 80))}`);
  }
  return new ResponseHead(start, fields);
}
