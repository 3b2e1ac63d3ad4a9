import type { Evidence } from './evidence.ts';
import { asksForWebSocket, REDIRECTS, switches, UNAVAILABLE } from './stage.ts';
import type { Symptom } from './symptom.ts';

/** How the far end answers a handshake when nobody looks from behind it: by the proxy or by the application. */
const refusedWith =
  (...statuses: readonly number[]) =>
  ({ foreign, sent, clientSaw }: Evidence): boolean =>
    foreign === true &&
    asksForWebSocket(sent) &&
    clientSaw !== undefined &&
    !switches(sent, clientSaw) &&
    (statuses.length === 0 || statuses.includes(clientSaw.status));

const answered = ({ clientSaw }: Evidence): string => `The answer is ${clientSaw?.start.replace(/^\S+ /, '')}`;

/** What can be said of a handshake that fails where the application behind the proxy is not our origin. */
export const outside: readonly Symptom[] = [
  {
    id: 'credentials-wanted',
    title: 'The far end wants credentials before it opens a WebSocket',
    advice:
      'Send what its users send: --header "Cookie: …" or --header "Authorization: …". If browsers get the same answer: a ' +
      'script cannot put Authorization on a WebSocket, so a login of the proxy has to leave its path out.',
    shows: refusedWith(401, 407),
    detail: (evidence) => {
      const challenge = evidence.clientSaw?.get('www-authenticate') ?? evidence.clientSaw?.get('proxy-authenticate');
      return challenge === undefined ? answered(evidence) : `${answered(evidence)}, with the challenge “${challenge}”`;
    },
  },
  {
    id: 'handshake-forbidden',
    title: 'The far end forbids the handshake',
    advice:
      'Applications look at Origin (RFC 6455 §10.2), cookies and Host, and firewalls at where somebody comes from: send ' +
      'what a page sends, as in --header "Origin: https://…", and look which one answers.',
    shows: refusedWith(403),
    detail: answered,
  },
  {
    id: 'sent-elsewhere',
    title: 'The far end sends the client to another address',
    advice:
      'No browser follows a redirect of a handshake: use the address that it names, with wss: in place of https:.',
    shows: (evidence) => refusedWith(...REDIRECTS)(evidence) && evidence.clientSaw!.has('location'),
    detail: (evidence) => `${answered(evidence)}, to ${evidence.clientSaw?.get('location')}`,
  },
  {
    id: 'application-unavailable',
    title: 'A gateway at the far end gets no answer of the application',
    advice:
      'Look whether the application runs, at the address that the proxy has for it, and whether plain requests to the ' +
      'same path get through: then it is upgrades alone that fail on their way.',
    shows: refusedWith(...UNAVAILABLE),
    detail: answered,
  },
  {
    id: 'handshake-not-taken',
    title: 'The far end does not take the request for a handshake, or has no WebSocket at this path',
    advice:
      'Look whether the path is the one that the application serves. If it is, something on the way drops Upgrade: let ' +
      'the proxy forward to this machine, and --origin local:PORT says what.',
    shows: refusedWith(),
    detail: answered,
  },
  {
    id: 'hung-up-on',
    title: 'The far end takes the connection and ends it without an answer',
    advice: 'Look whether it speaks TLS on this port: then it is wss://. Else the log of the proxy says why.',
    shows: ({ foreign, clientSaw, clientBytes, failure }) =>
      foreign === true && !clientSaw && !clientBytes && failure.kind === 'ended',
  },
];
