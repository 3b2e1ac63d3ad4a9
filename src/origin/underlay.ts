import type { ResponseHead } from '../wire/head.ts';
import type { Link } from '../wire/link.ts';

/** What lies below an exchange: a connection of HTTP/1, or a stream of HTTP/2. */
export interface Underlay {
  readonly link: Link;
  /** Bytes that came behind the request head. */
  readonly rest: Buffer;
  /** Switches protocols with this head; `glued` goes out in the same write, `split` writes the head in many small pieces. */
  switch(head: ResponseHead, glued: Buffer, split: boolean): Promise<void>;
  /** Answers without switching. `chunked` frames the body by chunks where the protocol has them. */
  answer(head: ResponseHead, body: Buffer, options: { chunked: boolean; split: boolean }): Promise<void>;
  /** Begins an answer whose body is written piece by piece. */
  stream(head: ResponseHead): BodyWriter;
  /** Ends without an answer. */
  drop(how: 'fin' | 'rst'): void;
}

/** A body on its way out: each piece leaves at once. */
export interface BodyWriter {
  write(piece: Buffer): void;
  end(): void;
}
