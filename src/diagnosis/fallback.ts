import type { SeenPiece } from '../wire/body.ts';
import type { Symptom } from './symptom.ts';

const bytes = (pieces: readonly SeenPiece[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** What becomes of the plain requests that an application falls back on. */
export const fallback: readonly Symptom[] = [
  {
    id: 'response-buffered',
    title: 'The proxy collects the answer and passes it on late',
    advice:
      'Switch buffering off for this path (and compression, which collects as well), or let the origin send “X-Accel-Buffering: no” or “Incremental: ?1” where the proxy knows them.',
    shows: ({ originSaw, clientPieces }) => {
      const written = originSaw?.pieces ?? [];
      const together = bytes(clientPieces) === bytes(written) && clientPieces.length < written.length;
      return written.length > 1 && (together || clientPieces.length === 0);
    },
    detail: ({ originSaw, clientPieces }) =>
      clientPieces.length === 0
        ? `The origin wrote ${originSaw?.pieces?.length} pieces, and nothing came to the client.`
        : `The origin wrote ${originSaw?.pieces?.length} pieces one after the other, and they came in ${clientPieces.length}.`,
  },
  {
    id: 'answer-from-cache',
    title: 'The proxy gives the client an answer of the origin to an earlier request',
    advice:
      'It caches what says “no-store” (RFC 9111 §5.2.2.5), or leaves the query out of its key: do not cache here.',
    shows: ({ originSaw, clientSaw, stamped }) => !originSaw && !stamped && !!clientSaw?.has('x-wsproof-origin'),
  },
  {
    id: 'request-body-lost',
    title: 'The proxy passes a request on without its body',
    advice:
      'It forwards heads only, or another module has read the body before (a parser in front of a proxy in Node).',
    shows: ({ sent, originSaw }) =>
      originSaw !== undefined && Number(sent.get('content-length') ?? 0) > originSaw.body.length,
    detail: ({ sent, originSaw }) =>
      `The client sent a body of ${sent.get('content-length')} bytes, and the origin got ${originSaw?.body.length}.`,
  },
];
