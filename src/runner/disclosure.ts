import type { ReportedHead } from '../report/document.ts';
import type { Field, Head } from '../wire/head.ts';

/** Fields whose values are secrets of somebody (RFC 9110 §11.6, RFC 6265 §4). */
const SECRET_FIELDS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);
/** Fields that carry a token by habit; a proxy may add one on the way to the origin. None of them is the handshake's. */
const TOKEN_FIELD = /(^|[-_])(token|secret|password|api-?key|jwt(-assertion)?)$/;
/** Query parameters that carry a token by habit. */
const SECRET_PARAMETER =
  /([?&](?:(?:\w+_)?token|auth|(?:api_?)?key|jwt|passw(?:or)?d|(?:client_)?secret|(?:x-amz-)?sig(?:nature)?)=)(?!<masked )([^&#\s"]+)/gi;
/** Fields whose value is another one in each run and says nothing. */
const VOLATILE_FIELDS = new Set([
  'date',
  'x-request-id',
  'x-correlation-id',
  'traceparent',
  'x-amzn-trace-id',
  'age',
  'x-wsproof-sig',
]);

/** Characters below which a secret is masked only where it is known to stand: it would be found everywhere. */
const TELLING = 4;

/** Bytes of a head that go into a report. */
const HEAD_LIMIT = 16 * 1024;

/** What is masked, and what has a stand-in. */
export interface DisclosureOptions {
  /** Leave secrets readable (`--show-secrets`). */
  readonly showSecrets?: boolean;
  /** Values that are secrets wherever they stand. */
  readonly secrets?: readonly string[];
  /** What changes from run to run, and what stands for it in the report. */
  readonly volatile: readonly (readonly [text: string, standIn: string])[];
}

/**
 * What of a conversation may be said in a report: secrets are masked, so that a report can be sent around, and what
 * differs in each run has a stand-in, so that two reports can be compared.
 */
export class Disclosure {
  readonly #options: DisclosureOptions;
  /** Masked values in the order in which they were met: the same letter is the same value. */
  readonly #masked: string[] = [];

  constructor(options: DisclosureOptions) {
    this.#options = options;
    if (!options.showSecrets) this.#masked.push(...(options.secrets ?? []));
  }

  #mask(secret: string): string {
    if (!this.#masked.includes(secret)) this.#masked.push(secret);
    const letter = String.fromCharCode(65 + (this.#masked.indexOf(secret) % 26));
    return `<masked ${letter}, ${secret.length} bytes>`;
  }

  /** A text with stand-ins for what is volatile, and tokens in queries masked. */
  text(text: string): string {
    const { showSecrets, volatile } = this.#options;
    const telling = showSecrets ? [] : this.#masked.filter((secret) => secret.length >= TELLING);
    // Secrets come first: one with a port or a nonce in it would not be known again behind the stand-in.
    let out = telling.reduce((masked, secret) => masked.replaceAll(secret, this.#mask(secret)), text);
    for (const [changing, standIn] of volatile) out = out.replaceAll(changing, standIn);
    if (showSecrets) return out;
    return out.replace(SECRET_PARAMETER, (_, before: string, secret: string) => before + this.#mask(secret));
  }

  #field([name, value]: Field): [string, string] {
    const lower = name.toLowerCase();
    if (VOLATILE_FIELDS.has(lower)) return [name, `<${lower}>`];
    if (TOKEN_FIELD.test(lower) && !this.#options.showSecrets) return [name, this.#mask(value)];
    if (!SECRET_FIELDS.has(lower) || this.#options.showSecrets) return [name, this.text(value)];
    // The scheme, and the names of cookies, are no secrets and are what one looks for.
    const scheme = /^(\S+) (.+)$/s.exec(value);
    if (lower.endsWith('authorization'))
      return [name, scheme ? `${scheme[1]} ${this.#mask(scheme[2]!)}` : this.#mask(value)];
    // RFC 6265 §4.1: behind its first pair a Set-Cookie has attributes; a Cookie (§4.2) has pairs alone.
    if (!value.includes('=')) return [name, this.#mask(value)];
    const pairs = new RegExp(/(^|[;,]\s*)([^=;,\s]+)=([^;,]*)/, lower === 'cookie' ? 'g' : '');
    return [name, value.replace(pairs, (_, lead, key, secret) => `${lead}${key}=${this.#mask(secret)}`)];
  }

  head(head: Head): ReportedHead {
    const fields: [string, string][] = [];
    let size = 0;
    for (const field of head.fields) {
      const [name, value] = this.#field(field);
      size += name.length + value.length;
      if (size > HEAD_LIMIT) {
        fields.push([name, `<cut, ${value.length} bytes>`]);
        break;
      }
      fields.push([name, value]);
    }
    return { start: this.text(head.start).slice(0, HEAD_LIMIT), fields };
  }
}
