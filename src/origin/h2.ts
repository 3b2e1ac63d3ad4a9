import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { fieldsOf } from '../wire/h2.ts';
import { type Field, RequestHead, type ResponseHead } from '../wire/head.ts';
import { streamLink } from '../wire/link.ts';
import type { Arrival } from './h1.ts';
import { LIMITS } from './limits.ts';
import type { Underlay } from './underlay.ts';
import type { Visit } from './visit.ts';

/** Fields that HTTP/2 does not have (RFC 9113 §8.2.2); a scene written for HTTP/1 may name them. */
const HOP_BY_HOP = new Set(['connection', 'upgrade', 'transfer-encoding', 'keep-alive', 'proxy-connection']);

function responseHeaders(head: ResponseHead): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = { ':status': String(head.status) };
  for (const [name, value] of head.fields) {
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower)) continue;
    const before = headers[lower];
    headers[lower] = before === undefined ? value : [before, value].flat();
  }
  return headers;
}

/** The header block of a request as a head: the pseudo-header fields that HTTP/1 does not know come first. */
function requestHeadOf(headers: IncomingHttpHeaders): RequestHead {
  const pseudo = [':protocol', ':scheme', ':authority'].flatMap((name): Field[] =>
    headers[name] === undefined ? [] : [[name, String(headers[name])]],
  );
  return new RequestHead(`${headers[':method']} ${headers[':path'] ?? '*'} HTTP/2`, [...pseudo, ...fieldsOf(headers)]);
}

/** One stream of HTTP/2 at the origin: extended CONNECT (RFC 8441) or a plain request. */
export function serveStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  number: number,
  arrive: (arrival: Arrival) => Visit,
): void {
  const head = requestHeadOf(headers);
  const state: { rest: Buffer; visit?: Visit } = { rest: Buffer.alloc(0) };
  const link = streamLink(stream, {
    onData: (chunk) => {
      if (state.rest.length + chunk.length > LIMITS.body) return link.reset();
      state.rest = Buffer.concat([state.rest, chunk]);
    },
    onEnd: () => state.visit?.ended(),
  });
  const under: Underlay = {
    link,
    get rest() {
      return state.rest;
    },
    switch: async (response, glued) => {
      stream.respond(responseHeaders(response));
      if (glued.length > 0) link.write(glued);
    },
    answer: async (response, body) => {
      stream.respond(responseHeaders(response));
      stream.end(body);
    },
    stream: (response) => {
      stream.respond(responseHeaders(response));
      return { write: (piece) => void link.write(piece), end: () => stream.end() };
    },
    drop: () => link.reset(),
  };
  const open = (body: Buffer): void => {
    state.visit = arrive({ head, transport: 'h2', body, connection: number, under });
  };
  // A plain request is answered when its body is whole, as over HTTP/1; a CONNECT has none.
  if (head.method === 'CONNECT' || stream.readableEnded) open(Buffer.alloc(0));
  else stream.once('end', () => open(state.rest));
}
