import type { Evidence } from './evidence.ts';
import type { Symptom } from './symptom.ts';

/** The header of the PROXY protocol in words, and what is left of the one in bytes when its first line ends are skipped. */
const PROXY_HEADERS = ['PROXY ', '\0\r\nQUIT\n'];
/** RFC 9113 §3.4. */
const PREFACE = 'PRI * HTTP/2.0';
/** A TLS record that begins a handshake (RFC 8446 §5.1). */
const CLIENT_HELLO = '\x16\x03';

const begins = ({ originGot }: Evidence, ...starts: string[]): boolean =>
  starts.some((start) => originGot?.toString('latin1').startsWith(start) ?? false);

/** The proxy asked the origin, but not by a request of HTTP/1. */
export const upstreamProtocol: readonly Symptom[] = [
  {
    id: 'proxy-protocol-upstream',
    title: 'The proxy begins its connections to the origin with a PROXY protocol header, and the origin expects none',
    advice:
      'Take it off towards this origin (send-proxy, proxy_protocol, proxyProtocol), or have the application read it.',
    presumes: [{ probe: 'handshake/upgrade', symptom: 'proxy-protocol-upstream' }],
    shows: (evidence) => begins(evidence, ...PROXY_HEADERS),
  },
  {
    id: 'http2-upstream',
    title: 'The proxy speaks HTTP/2 to the origin, which expects HTTP/1.1',
    advice:
      'Have it speak HTTP/1.1 to the origin: in HTTP/2 there is no Upgrade, and few applications know the CONNECT that ' +
      'takes its place (RFC 8441 §4).',
    presumes: [{ probe: 'handshake/upgrade', symptom: 'http2-upstream' }],
    shows: (evidence) => begins(evidence, PREFACE),
  },
  {
    id: 'tls-upstream',
    title: 'The proxy speaks TLS to a port of the origin where none is expected',
    advice: 'Have it use http: towards this port, or the port of the origin where it takes TLS.',
    presumes: [{ probe: 'handshake/upgrade', symptom: 'tls-upstream' }],
    shows: (evidence) => begins(evidence, CLIENT_HELLO),
  },
  {
    id: 'origin-certificate-refused',
    title: 'The proxy speaks TLS to the origin, and does not trust its certificate',
    advice:
      'The certificate of the reference origin is signed by nobody: for the probe let the proxy accept it. If the ' +
      'application behind it is refused as well, name the authority that has signed its certificate.',
    presumes: [{ probe: 'handshake/upgrade', symptom: 'origin-certificate-refused' }],
    shows: ({ originAlert }) => originAlert !== undefined,
    detail: ({ originAlert }) => `The proxy ended the TLS handshake with the origin: ${originAlert}`,
  },
  {
    id: 'request-garbled',
    title: 'What the proxy sends to the origin is no HTTP request',
    advice: 'Look which protocol it is told to speak to the origin, and whether this is the port that is meant.',
    presumes: [{ probe: 'handshake/upgrade', symptom: 'request-garbled' }],
    shows: ({ originGot }) => originGot !== undefined,
    detail: ({ originGot }) =>
      `The origin got ${JSON.stringify(originGot!.toString('latin1').slice(0, 40))} and cannot read it as a request`,
  },
];
