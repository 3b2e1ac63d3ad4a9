import type { SeenPiece } from '../wire/body.ts';
import { otherBody } from './refusals.ts';
import { asksForWebSocket, switches } from './stage.ts';
import type { Symptom } from './symptom.ts';

const bytes = (pieces: readonly SeenPiece[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** What becomes of the plain requests that an application falls back on. */
export const fallback: readonly Symptom[] = [
  {
    id: 'response-buffered',
    title: 'The proxy collects a streamed answer and passes it on in one',
    advice:
      'Switch off buffering for this path, and compression, which collects as well; some proxies obey “X-Accel-Buffering: no” of the origin.',
    shows: ({ originSaw, clientPieces }) => {
      const written = originSaw?.pieces ?? [];
      const together = bytes(clientPieces) === bytes(written) && clientPieces.length < written.length;
      return written.length > 1 && (together || clientPieces.length === 0);
    },
    detail: ({ originSaw, clientPieces }) =>
      clientPieces.length === 0
        ? `The origin wrote ${originSaw?.pieces?.length} pieces, and nothing came to the client`
        : `The origin wrote ${originSaw?.pieces?.length} pieces one after the other, and the client got ${clientPieces.length}`,
  },
  {
    id: 'response-cut-off',
    title: 'The proxy ends an answer before the origin has ended it',
    advice: 'Take its limit for the time of a whole answer, or for the time between two pieces, off this path.',
    shows: ({ sent, stamped, clientSaw, clientPieces, failure }) =>
      failure.kind === 'ended' && stamped && clientPieces.length > 0 && !switches(sent, clientSaw),
    detail: ({ originSaw, clientPieces }) =>
      `The origin wrote ${originSaw?.pieces?.length ?? 'more'} pieces, and the answer ended at the client after ${clientPieces.length}`,
  },
  {
    id: 'answer-from-cache',
    title: 'The proxy gives the client an answer of the origin to an earlier request',
    advice: 'Do not cache this path: the origin says “no-store” (RFC 9111 §5.2.2.5), and the query is part of the key.',
    shows: ({ sent, originSaw, clientSaw, stamped }) =>
      originSaw === undefined && !stamped && !!clientSaw?.has('x-wsproof-origin') && !switches(sent, clientSaw),
  },
  {
    id: 'request-body-lost',
    title: 'The proxy passes a request on without its body',
    advice: 'Let nothing read the body in front of the proxy (a parser for JSON or forms), or pass on what it read.',
    shows: ({ sent, originSaw }) =>
      originSaw !== undefined && Number(sent.get('content-length') ?? 0) > originSaw.body.length,
    detail: ({ sent, originSaw }) =>
      `The client sent a body of ${sent.get('content-length')} bytes, and the origin got ${originSaw?.body.length}`,
  },
  {
    id: 'answer-body-changed',
    title: 'The proxy changes the body of a plain answer',
    advice:
      'Take what substitutes text, shortens pages or puts scripts into them off this path: what is polled is no page.',
    shows: (evidence) => !asksForWebSocket(evidence.sent) && evidence.stamped && otherBody(evidence),
    detail: ({ originSaw, clientBody }) =>
      `The origin sent a body of ${originSaw?.replyBody?.length} bytes, and the client got another one of ${clientBody?.length}`,
  },
];
