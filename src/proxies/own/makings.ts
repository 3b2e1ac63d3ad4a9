import { getDiffieHellman } from 'node:crypto';
import { type Certificate, makeCertificates } from '../../wire/certificate.ts';
import type { OwnRules } from '../descriptor.ts';

/** What a file for TLS holds. */
export type Holding = NonNullable<OwnRules['certificates']>[number]['holds'];

const WORDS: Record<Holding, string> = {
  certificate: 'certificate',
  key: 'key',
  both: 'certificate with its key',
  authority: 'certificate of an authority',
  parameters: 'group for Diffie-Hellman',
};

/** A group of 2048 bits (RFC 3526 §3, group 14), as `openssl dhparam` writes one (PKCS #3). */
function diffieHellmanParameters(): string {
  const group = getDiffieHellman('modp14');
  // 30 82 length, 02 82 length 00 prime, 02 01 generator: X.690 §8.3, the zero because the first bit of the prime is set.
  const prime = group.getPrime();
  const size = prime.length + 1;
  const integer = Buffer.concat([Buffer.from([0x02, 0x82, size >> 8, size & 0xff, 0]), prime]);
  const body = Buffer.concat([integer, Buffer.from([0x02, 0x01]), group.getGenerator()]);
  const der = Buffer.concat([Buffer.from([0x30, 0x82, body.length >> 8, body.length & 0xff]), body]);
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN DH PARAMETERS-----', ...lines, '-----END DH PARAMETERS-----', ''].join('\n');
}

/** Files for TLS that a configuration names and nobody has given, made for one site. */
export class Makings {
  readonly #host: string;
  #certificates: { ca: string; server: Certificate } | undefined;

  /** @param host the name of the site */
  constructor(host: string) {
    this.#host = host;
  }

  get #made(): { ca: string; server: Certificate } {
    this.#certificates ??= makeCertificates([this.#host, `*.${this.#host}`, 'localhost', '127.0.0.1']);
    return this.#certificates;
  }

  /** The contents of one of them. */
  of(holding: Holding): string {
    if (holding === 'parameters') return diffieHellmanParameters();
    const { ca, server } = this.#made;
    return {
      certificate: server.cert + ca,
      key: server.key,
      both: server.cert + ca + server.key,
      authority: ca,
    }[holding];
  }

  /** What an authority would have issued to the proxy, where the proxy keeps it: [path, contents]. */
  issued(rules: NonNullable<OwnRules['issued']>): [path: string, text: string][] {
    const forSite = (text: string): string => text.replaceAll('{host}', this.#host);
    return Object.entries(rules).map(([path, what]) => [
      forSite(path),
      typeof what === 'string' ? this.of(what) : forSite(what.text),
    ]);
  }

  /** What was done, as a sentence. */
  note(path: string, holding: Holding): string {
    const site = holding === 'parameters' ? '' : ` for ${this.#host}`;
    return `${path} is not here, so a ${WORDS[holding]} was made${site}.`;
  }
}
