import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { Command } from 'commander';
import { EnvironmentError, UsageError } from '../errors.ts';
import { Guard } from '../origin/guard.ts';
import { type Origin, startOrigin } from '../origin/server.ts';
import { OriginToken } from '../origin/token.ts';
import { type Certificate, makeCertificates } from '../wire/certificate.ts';
import { option, tokenOption } from './options.ts';
import type { Session } from './session.ts';
import { readToken } from './token.ts';
import { whole } from './values.ts';

interface ServeFlags {
  readonly host: string;
  readonly port: number;
  readonly tlsPort?: number;
  readonly cert?: string;
  readonly key?: string;
  readonly public?: true;
  readonly trusted?: true;
  readonly tokenFile?: string;
}

const LOOPBACK = /^(127\.|::1$|localhost$)/;

async function pem(flag: string, file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UsageError(`${flag}: ${file} cannot be read: ${error.message}.`);
  });
  if (!text.includes('-----BEGIN ')) throw new UsageError(`${flag}: ${file} is not PEM (-----BEGIN …).`);
  return text;
}

async function certificateOf({ cert, key, tlsPort, host }: ServeFlags): Promise<Certificate | undefined> {
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--cert and --key go together.');
  if (tlsPort === undefined) {
    if (cert !== undefined) throw new UsageError('--cert and --key need --tls-port.');
    return undefined;
  }
  if (cert !== undefined && key !== undefined) return { cert: await pem('--cert', cert), key: await pem('--key', key) };
  return makeCertificates([...new Set(['localhost', 'origin', '127.0.0.1', '::1', host])]).server;
}

/** @throws UsageError when strangers may reach it and nobody has said what they are to get */
function guardOf({ host, public: open, trusted }: ServeFlags, token: string | undefined): Guard | undefined {
  if (open && trusted) throw new UsageError('--public and --trusted exclude each other.');
  if (token !== undefined && trusted)
    throw new UsageError('With --trusted anybody may do what a token is for: take one of them out.');
  if (open || token !== undefined) return new Guard();
  if (trusted && LOOPBACK.test(host)) {
    throw new UsageError(
      `--trusted is for other machines, and none of them reaches ${host}: say where to listen as well, as in --host 0.0.0.0.`,
    );
  }
  if (trusted || LOOPBACK.test(host)) return undefined;
  throw new UsageError(
    `${host} can be reached from other machines. Say --public: it echoes for anybody, within limits; --token-file FILE: it ` +
      'does so, and more for whoever has the token (--origin remote); or --trusted, where nobody but your proxy can reach ' +
      'it: it does whatever a client asks for.',
  );
}

async function listen(flags: ServeFlags, guard: Guard | undefined, token: string | undefined): Promise<Origin> {
  const { host, port, tlsPort } = flags;
  const tls = await certificateOf(flags);
  try {
    const secure = { ...(tls ? { tls } : {}), ...(tlsPort === undefined ? {} : { tlsPort }) };
    return await startOrigin({
      host,
      port,
      ...secure,
      ...(guard ? { guard } : {}),
      ...(token === undefined ? {} : { token: new OriginToken(token) }),
    });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new EnvironmentError(`${message}: end what listens there, or choose another port.`);
    if (code === undefined || code.startsWith('ERR_OSSL'))
      throw new UsageError(
        `The certificate is not usable: ${message}. --cert and --key have to be PEM, and to belong together.`,
      );
    throw new EnvironmentError(`The origin cannot listen on ${host}:${port}: ${message}.`);
  }
}

export function serveCommand(session: Session): Command {
  return new Command('serve')
    .description('Run the reference origin alone, to stand behind a proxy that is deployed')
    .addOption(option('--host <address>', 'where to listen').default('127.0.0.1'))
    .addOption(option('--port <port>', 'for ws://; 0 lets the system choose').argParser(whole(0, 65_535)).default(9000))
    .addOption(option('--tls-port <port>', 'for wss:// and HTTP/2 as well').argParser(whole(0, 65_535)))
    .addOption(option('--cert <file>', 'its certificate (PEM); default: one made for this run'))
    .addOption(option('--key <file>', 'the key of the certificate (PEM)'))
    .addOption(option('--public', 'for strangers: an echo within limits, no scenes, nothing of a request in an answer'))
    .addOption(tokenOption())
    .addOption(option('--trusted', 'listen beyond this machine and do whatever a client asks for'))
    .action(async (flags: ServeFlags) => {
      const { out, interruption } = session;
      const token = await readToken(flags.tokenFile, process.env);
      const guard = guardOf(flags, token);
      const origin = await listen(flags, guard, token);
      const host = isIP(flags.host) === 6 ? `[${flags.host}]` : flags.host;
      await out.write(`ws://${host}:${origin.port}\n`);
      if (origin.tlsPort !== undefined) await out.write(`wss://${host}:${origin.tlsPort}\n`);
      const { signal } = interruption;
      if (!signal.aborted) await once(signal, 'abort');
      await origin.close();
      guard?.close();
    });
}
