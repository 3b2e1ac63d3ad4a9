import { LIMIT_TOLD_BY } from './crowds.ts';
import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';

/** Bytes of a head that can be too long for somebody. */
const LONG = 3 * 1024;
/** RFC 9110 §15.5.1, §15.5.14 and RFC 6585 §5. */
const TOO_LONG = [400, 413, 431];

const long = ({ sent, foreign, originSaw }: Evidence): boolean =>
  !foreign && originSaw === undefined && sent.toBytes().length > LONG;

const kib = ({ sent }: Evidence): string => `${Math.round(sent.toBytes().length / 1024)} KiB`;

const whatComes = ({ clientSaw, failure }: Evidence): string => {
  if (clientSaw) return `answers ${clientSaw.status}`;
  return failure.kind === 'ended' ? 'ends the connection' : 'says nothing';
};

/** A head that is too long for the proxy. */
export const sizes: readonly Symptom[] = [
  {
    id: 'head-too-long',
    title: 'The head of the handshake is too long for the proxy',
    advice: 'Raise its limits for a field line and for all of them: cookies of one domain may come to 200 KiB.',
    shows: (evidence) => long(evidence) && TOO_LONG.includes(evidence.clientSaw?.status ?? 0),
    detail: (evidence) => `The proxy answers ${evidence.clientSaw?.status} to a head of ${kib(evidence)}`,
  },
  {
    id: 'long-head-misreported',
    title: 'The proxy does not say that the head of the handshake is too long for it',
    advice: 'Let it answer 431 or 400 (RFC 9110 §5.4), and raise its limits for a field line and for all of them.',
    presumes: LIMIT_TOLD_BY,
    shows: (evidence) =>
      long(evidence) && (evidence.clientSaw !== undefined || ['ended', 'timeout'].includes(evidence.failure.kind)),
    detail: (evidence) => `The proxy ${whatComes(evidence)} when the head has ${kib(evidence)}`,
  },
];
