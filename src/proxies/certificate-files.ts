import type { RunCertificates } from '../wire/certificate.ts';
import type { Descriptor } from './descriptor.ts';
import type { ContainerFile } from './tar.ts';

/** The run's certificates, each where a proxy wants it. */
export function certificateFiles(paths: Descriptor['tls'], { ca, server }: RunCertificates): ContainerFile[] {
  const all: [string | undefined, string][] = [
    [paths?.cert, server.cert],
    [paths?.key, server.key],
    [paths?.pem, server.cert + server.key],
    [paths?.ca, ca],
  ];
  return all.flatMap(([path, text]) => (path === undefined ? [] : [{ path, content: Buffer.from(text) }]));
}
