import type { Symptom } from './symptom.ts';

/** What becomes of a connection on which a handshake was refused. */
export const behindRefusals: readonly Symptom[] = [
  {
    id: 'tunnel-behind-refusal',
    title: 'The proxy opens its tunnel though the origin has not switched protocols',
    advice:
      'It must read on as HTTP until a 101 has come (RFC 6455 §1.3): what passes unread passes its rules as well.',
    presumes: [{ probe: 'rejection/no-tunnel', symptom: 'tunnel-behind-refusal' }],
    shows: ({ originSaw, failure }) => failure.about === 'stray' && (originSaw?.stray ?? 0) > 0,
    detail: ({ originReplied, originSaw }) =>
      `Behind a ${originReplied?.status} the origin got ${originSaw?.stray} bytes of the client that were no request`,
  },
  {
    id: 'connection-left-hanging',
    title: 'After a refusal the proxy leaves the connection open and reads nothing more from it',
    advice: 'Have it serve the next request, or say “Connection: close” and end the connection (RFC 9112 §9.3).',
    shows: ({ again, clientSaw, failure }) => again === true && !clientSaw && failure.kind === 'timeout',
  },
  {
    id: 'connection-out-of-step',
    title: 'After a refusal the proxy is out of step: the next request gets an answer that is not its own',
    advice:
      'It takes the end of the refusal for another place than it is: the next user of the connection gets the rest.',
    shows: ({ again, clientSaw, stamped }) => again === true && clientSaw !== undefined && !stamped,
    detail: ({ clientSaw }) =>
      `Behind a refusal the next request was answered ${clientSaw?.status}, and not by the origin`,
  },
];
