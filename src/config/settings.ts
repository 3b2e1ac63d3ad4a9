/** What flags and the configuration file have in common: how a value is written, and which there are. */

export const LEVELS = ['must', 'should', 'info'] as const;
export const PRESETS = ['quick', 'full', 'slow', 'legacy'] as const;

/** The least and the most of each number. */
export const LIMITS = {
  crowd: [1, 50_000],
  retries: [0, 10],
  jobs: [1, 256],
  seed: [0, 2 ** 32 - 1],
} as const satisfies Record<string, readonly [number, number]>;

/** RFC 9110 §5.6.2: the name of a field is a token; §5.5: its value has no controls in it. */
export const FIELD_NAME = /^[\w!#$%&'*+.^`|~-]+$/;
export const FIELD_VALUE = /^[^\x00-\x08\x0a-\x1f\x7f]*$/;
/** Fields that are the handshake itself, or say where a message ends: probes write them. */
export const OF_PROBES = /^(connection|upgrade|sec-websocket-(key|version|accept)|content-length|transfer-encoding)$/i;

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
/** setTimeout takes no more than this many ms. */
const LONGEST = 2 ** 31 - 1;

export const TIME = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
export const TIME_IN_WORDS = 'a number and a unit: 500ms, 70s, 2m, 1h';
export const TIMES_IN_WORDS = 'from 1ms to 596h';

/** `500ms`, `70s`, `2m`, `1h` in ms; undefined when it is none of these, or no timer takes it. */
export function milliseconds(text: string): number | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const ms = Math.round(Number(match[1]) * UNITS[match[2] as keyof typeof UNITS]);
  return ms >= 1 && ms <= LONGEST ? ms : undefined;
}
