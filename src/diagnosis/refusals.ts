import { missingFields } from './end-to-end.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket, switches } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** A WebSocket was asked for, the origin has not switched protocols, and the client got an answer of that kind as well. */
const refused = ({ sent, originSaw, originReplied, clientSaw }: Evidence): boolean =>
  asksForWebSocket(sent) &&
  originSaw !== undefined &&
  originReplied !== undefined &&
  clientSaw !== undefined &&
  !switches(originSaw.head, originReplied) &&
  !switches(sent, clientSaw);

const otherStatus = ({ originReplied, clientSaw }: Evidence): boolean => originReplied?.status !== clientSaw?.status;

/** Both ends saw the body of an answer, and not the same. */
export function otherBody({ originSaw, clientBody }: Evidence): boolean {
  const wanted = originSaw?.replyBody;
  if (!wanted || !clientBody) return false;
  return wanted.length !== clientBody.length || !wanted.preview.equals(clientBody.preview);
}

/** The client got the chunked coding of the body (RFC 9112 §7.1) in place of the body. */
function chunksExposed({ originReplied, clientSaw, clientBody }: Evidence): boolean {
  const wasChunked = originReplied?.lists('transfer-encoding', 'chunked') && !clientSaw?.has('transfer-encoding');
  return wasChunked === true && /^[0-9a-f]+\r\n/i.test(clientBody?.preview.toString('latin1') ?? '');
}

const isRedirect = (status = 0): boolean => status >= 300 && status < 400;

/** Both ends saw this field in the refusal, and not with the same value. */
function changed({ originReplied, clientSaw }: Evidence, name: string): boolean {
  const [before, after] = [originReplied?.get(name), clientSaw?.get(name)];
  return before !== undefined && after !== undefined && before !== after;
}

/** The origin's refusal came to the client, but not as it was. */
export const refusals: readonly Symptom[] = [
  {
    id: 'redirect-followed',
    title: 'The proxy follows a redirect of the origin by itself',
    advice: 'Where the client is sent is its own business, and needs its cookies: pass redirects on.',
    shows: (evidence) =>
      refused(evidence) && isRedirect(evidence.originReplied?.status) && !isRedirect(evidence.clientSaw?.status),
    detail: ({ originReplied, clientSaw }) =>
      `The origin answered ${originReplied?.status}, and the client got the ${clientSaw?.status} of some other place`,
  },
  {
    id: 'location-rewritten',
    title: 'The proxy rewrites the Location of a redirect',
    advice: 'Only addresses of the origin itself need that: look for a rule that takes others for them.',
    shows: (evidence) => refused(evidence) && changed(evidence, 'location'),
    detail: ({ originReplied, clientSaw }) =>
      `The proxy changes Location from “${originReplied?.get('location')}” to “${clientSaw?.get('location')}”`,
  },
  {
    id: 'challenges-changed',
    title: 'The proxy drops or changes some of the challenges of a 401',
    advice: 'Pass each WWW-Authenticate on, and all of their lines (RFC 9110 §11.6.1).',
    shows: (evidence) => refused(evidence) && changed(evidence, 'www-authenticate'),
    detail: ({ originReplied, clientSaw }) =>
      `The origin sent ${originReplied?.all('www-authenticate').length} challenges, and “${clientSaw?.get('www-authenticate')}” came`,
  },
  {
    id: 'refusal-replaced',
    title: 'The proxy puts an error page of its own in place of the origin’s answer',
    advice: 'An option for error pages also takes the answers of the origin: switch it off for WebSockets.',
    presumes: [{ probe: 'rejection/status', symptom: 'refusal-replaced' }],
    shows: (evidence) => refused(evidence) && !evidence.stamped && (otherStatus(evidence) || otherBody(evidence)),
    detail: ({ originReplied, clientSaw }) =>
      `The origin answered ${originReplied?.status}, and the proxy puts a ${clientSaw?.status} of its own in its place`,
  },
  {
    id: 'refusal-status-changed',
    title: 'The proxy changes the status of the origin’s refusal',
    advice:
      'Exempt WebSockets from rules that map statuses: the true one says whether to log in, to wait or to give up.',
    presumes: [{ probe: 'rejection/status', symptom: 'refusal-status-changed' }],
    shows: (evidence) => refused(evidence) && otherStatus(evidence),
    detail: ({ originReplied, clientSaw }) =>
      `The origin answered ${originReplied?.status}, and the client got ${clientSaw?.status}`,
  },
  {
    id: 'refusal-framing-broken',
    title: 'The body of a refusal is not framed as its fields say',
    advice: 'A body that is framed anew needs fields that say so (RFC 9112 §6.3); a newer version may do it right.',
    shows: (evidence) => refused(evidence) && !evidence.clientBody && evidence.failure.kind === 'protocol',
  },
  {
    id: 'refusal-chunks-exposed',
    title: 'The proxy drops Transfer-Encoding and leaves the sizes of the chunks in the body',
    advice: 'The field describes the bytes that follow: take away both, or neither (RFC 9112 §6.1).',
    shows: (evidence) => refused(evidence) && otherBody(evidence) && chunksExposed(evidence),
  },
  {
    id: 'refusal-body-lost',
    title: 'The proxy loses the body of a refusal, or its end',
    advice: 'Look for a limit of bodies, and whether it ends the connection before the origin’s body is through.',
    presumes: [{ probe: 'rejection/status', symptom: 'refusal-body-lost' }],
    shows: (evidence) => {
      const cut = !evidence.clientBody && ['ended', 'timeout'].includes(evidence.failure.kind);
      return refused(evidence) && (cut || (otherBody(evidence) && evidence.clientBody?.length === 0));
    },
  },
  {
    id: 'refusal-body-changed',
    title: 'The proxy changes the body of a refusal',
    advice: 'Exempt the answers to handshakes from filters that rewrite bodies.',
    presumes: [{ probe: 'rejection/status', symptom: 'refusal-body-changed' }],
    shows: (evidence) => refused(evidence) && otherBody(evidence),
    detail: ({ originSaw, clientBody }) =>
      `The origin sent a body of ${originSaw?.replyBody?.length} bytes, and the client got another one of ${clientBody?.length}`,
  },
  {
    id: 'refusal-fields-dropped',
    title: 'The proxy drops fields from a refusal',
    advice: 'Pass them on: WWW-Authenticate, Retry-After or Sec-WebSocket-Version tell the client what to do next.',
    presumes: [{ probe: 'rejection/status', symptom: 'refusal-fields-dropped' }],
    shows: (evidence) => refused(evidence) && missingFields(evidence, 'response').length > 0,
    detail: (evidence) => `The proxy drops ${missingFields(evidence, 'response').join(', ')} from the refusal`,
  },
];
