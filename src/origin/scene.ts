import type { Field } from '../wire/head.ts';

/** What the origin does with an exchange. The client asks for it in the query of the handshake. */
export interface Scene {
  /** The part that the origin plays; {@link ./scenes.ts} has the list. Default `echo`. */
  readonly play?: string;
  /** Nothing below is guessed by the origin: only what is asked for is done. */

  // How the 101 (or the refusal) is written
  /** Field lines added to the answer. */
  readonly fields?: readonly Field[];
  /** The subprotocol to choose, if it was offered. */
  readonly protocol?: string;
  /** Agree to permessage-deflate, if it was offered. */
  readonly deflate?: boolean;
  /** With context takeover (RFC 7692 §7.1.1). */
  readonly takeover?: boolean;
  /** ms between the request and the answer. */
  readonly late?: number;
  /** Write the answer in many small pieces. */
  readonly split?: boolean;
  /** A text message in the same write as the answer. */
  readonly greeting?: string;
  /** Ask for all that RFC 6455 §4.2.1 and RFC 9110 §7.8 ask for, before switching. */
  readonly strict?: boolean;

  // What a refusal says
  readonly status?: number;
  readonly reason?: string;
  readonly body?: string;
  readonly chunked?: boolean;

  // What an open WebSocket does
  /** A close code (RFC 6455 §7.4). */
  readonly code?: number;
  readonly closeReason?: string;
  readonly text?: string;
  /** ms before it happens, or between two times. */
  readonly delay?: number;
  readonly count?: number;
  /** Bytes of one message, or of one piece of it. */
  readonly size?: number;
  /** The session that a client which polls goes on with; see {@link ./sessions.ts}. */
  readonly session?: string;
  /** No other origin knows the session. */
  readonly alone?: boolean;
  /** Cut the echo of each message into this many frames. */
  readonly fragments?: number;
  /** Bytes to be written as they are, in base64url. */
  readonly raw?: string;
  /** The nonce that the journal is asked about, and the version of it that is known. */
  readonly of?: string;
  readonly seen?: string;
}

const NUMBERS = new Set(['late', 'delay', 'count', 'size', 'fragments']);
/** What a status line (RFC 9112 §4) and a close frame (RFC 6455 §5.5.1) have room for. */
const BOUNDED = new Map<string, readonly [least: number, most: number]>([
  ['status', [100, 999]],
  ['code', [0, 65_535]],
]);
/** Field content (RFC 9110 §5.5): no character that would end the line, nor one that comes to it in a byte. */
const LINE = /^[\t\x20-\x7e\x80-\xff]*$/;
const FLAGS = new Set(['deflate', 'takeover', 'split', 'strict', 'chunked', 'alone']);
const TEXTS = new Set([
  'protocol',
  'greeting',
  'reason',
  'body',
  'closeReason',
  'text',
  'session',
  'raw',
  'of',
  'seen',
]);

/**
 * A scene as the query of a request target: `scene=reject&status=401`, with nothing in it that needs quoting.
 * @throws TypeError for a control character, which some proxies refuse in a query in whatever encoding
 */
export function sceneQuery(nonce: string, scene: Scene = {}): string {
  const parts = [`nonce=${nonce}`, `scene=${scene.play ?? 'echo'}`];
  for (const [name, value] of Object.entries(scene)) {
    if (name === 'play' || value === undefined || value === false) continue;
    if (name === 'fields') {
      for (const [field, text] of value as readonly Field[])
        parts.push(`field=${encodeURIComponent(`${field}:${text}`)}`);
    } else parts.push(`${name}=${value === true ? '1' : encodeURIComponent(String(value))}`);
  }
  const query = parts.join('&');
  if (/%[01][0-9a-f]|%7f/i.test(query))
    throw new TypeError(`a control character in the scene ${JSON.stringify(scene)}`);
  return query;
}

/** Reads {@link sceneQuery} back from a request target, whatever a proxy has put around it; what is unknown is left out. */
export function parseScene(target: string): { nonce?: string; signature?: string; scene: Scene } {
  const query = new URLSearchParams(target.includes('?') ? target.slice(target.indexOf('?') + 1) : '');
  const scene: Record<string, unknown> = {};
  for (const [name, value] of query) {
    if (name === 'scene') scene.play = value;
    if (NUMBERS.has(name) && /^\d{1,10}$/.test(value)) scene[name] = Number(value);
    const [least, most] = BOUNDED.get(name) ?? [1, 0];
    if (/^\d{1,5}$/.test(value) && Number(value) >= least && Number(value) <= most) scene[name] = Number(value);
    if (FLAGS.has(name)) scene[name] = value === '1';
    if (TEXTS.has(name) && (name !== 'reason' || LINE.test(value))) scene[name] = value;
  }
  const fields = query.getAll('field').map((field): Field => {
    const colon = field.indexOf(':');
    return [field.slice(0, colon), field.slice(colon + 1)];
  });
  // A field line that would smuggle another one into the answer is no field line.
  const safe = fields.filter(([name, value]) => /^[\w-]+$/.test(name) && LINE.test(value));
  if (safe.length > 0) scene.fields = safe;
  const nonce = query.get('nonce');
  const signature = query.get('sig');
  return { ...(nonce ? { nonce } : {}), ...(signature ? { signature } : {}), scene: scene as Scene };
}
