import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';

/** What is answered where nobody knows what to do with a method or a pseudo field, as far as it says nothing else. */
const HELPLESS = [400, 405, 500, 501];

/** What could not be agreed upon before a request was sent. */
const lacks = ({ transport, failure }: Evidence, about: string): boolean =>
  transport === 'h2' && failure.about === about;

/** WebSockets over HTTP/2 (RFC 8441), before anything comes to the origin. */
export const extendedConnect: readonly Symptom[] = [
  {
    id: 'h2-not-spoken',
    title: 'The proxy does not speak HTTP/2 on this port',
    advice:
      'Browsers then use HTTP/1.1 for everything, and WebSockets are no worse for it; to have HTTP/2, let h2 be chosen ' +
      'by ALPN where TLS ends.',
    shows: (evidence) => lacks(evidence, 'alpn'),
  },
  {
    id: 'extended-connect-not-offered',
    title: 'The proxy does not offer WebSockets over HTTP/2 (SETTINGS_ENABLE_CONNECT_PROTOCOL)',
    advice:
      'Browsers then open a connection of HTTP/1.1 for each WebSocket, which is as it should be while wss passes; to ' +
      'have them share one, switch extended CONNECT on where the proxy knows it (RFC 8441 §3).',
    shows: (evidence) => lacks(evidence, 'settings'),
  },
  {
    id: 'extended-connect-not-carried-out',
    title: 'The proxy offers WebSockets over HTTP/2, and does not know what to do with one',
    advice:
      'Browsers take the offer, and do not try HTTP/1.1 when it comes to nothing: switch extended CONNECT off (RFC 8441 ' +
      '§3), or take a version of the proxy that carries it out.',
    shows: ({ transport, foreign, originSaw, sent, clientSaw }) =>
      transport === 'h2' &&
      !foreign &&
      originSaw === undefined &&
      sent.method === 'CONNECT' &&
      HELPLESS.includes(clientSaw?.status ?? 0),
    detail: ({ clientSaw }) =>
      `The proxy offers WebSockets over HTTP/2 (SETTINGS_ENABLE_CONNECT_PROTOCOL), and answers ${clientSaw?.status} to one by itself`,
  },
];
