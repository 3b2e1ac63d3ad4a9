import { KEY_BYTES } from '../wire/hixie.ts';
import type { Evidence } from './evidence.ts';
import { asksForWebSocket } from './stage.ts';
import type { Symptom } from './symptom.ts';

const KEYS = ['sec-websocket-key1', 'sec-websocket-key2'];

/** A handshake from before RFC 6455, which has neither a key nor a version. */
const old = ({ sent }: Evidence): boolean =>
  sent.version !== 'HTTP/2' &&
  asksForWebSocket(sent) &&
  !sent.has('sec-websocket-key') &&
  !sent.has('sec-websocket-version');

/** The eight bytes behind the head of draft 76 were not there when the origin wanted to read them. */
const missed = ({ originSaw }: Evidence): boolean => (originSaw?.bytesBeforeReply ?? KEY_BYTES) < KEY_BYTES;

/** What a proxy does to the handshakes and the frames of 2009 and 2010. */
export const legacy: readonly Symptom[] = [
  {
    id: 'old-key-rewritten',
    title: 'The proxy rewrites the keys of draft 76, whose spaces are counted',
    advice: 'Leave the white space within field values alone: it is part of the value (RFC 9110 §5.5).',
    shows: (evidence) => {
      const { sent, originSaw } = evidence;
      return old(evidence) && !!originSaw && KEYS.some((key) => sent.get(key) !== originSaw.head.get(key));
    },
  },
  {
    id: 'key-bytes-held',
    title: 'The proxy keeps the eight bytes behind the head of draft 76 until the origin has answered',
    advice: 'Let bytes behind an upgrade pass at once; or serve this path by a tunnel, without reading HTTP.',
    shows: (evidence) => old(evidence) && missed(evidence) && (evidence.originSaw?.bytesIn ?? 0) >= KEY_BYTES,
  },
  {
    id: 'key-bytes-dropped',
    title: 'The proxy drops the eight bytes behind the head of draft 76',
    advice: 'Serve this path by a tunnel, without reading HTTP: no field announces these bytes.',
    shows: (evidence) => old(evidence) && missed(evidence),
    detail: ({ originSaw }) => `Of the eight bytes behind the head ${originSaw?.bytesIn || 'none'} came to the origin`,
  },
  {
    id: 'old-frames-withheld',
    title: 'The proxy waits for frames of RFC 6455 where there are those of an old draft',
    advice: 'Let it relay bytes after the 101, without reading them.',
    shows: (evidence) =>
      old(evidence) &&
      evidence.clientSaw?.status === 101 &&
      evidence.failure.kind === 'timeout' &&
      evidence.originSaw?.glued === 0 &&
      evidence.originSaw.messages === 0,
  },
];
