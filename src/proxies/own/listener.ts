import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { now } from '../../wire/clock.ts';
import { handshake } from '../../wire/dial.ts';
import type { Endpoint } from '../../wire/endpoint.ts';
import type { ResponseHead } from '../../wire/head.ts';
import { Unexpected } from '../../wire/unexpected.ts';
import type { Address } from '../container.ts';
import { Died, type Readiness } from '../ready.ts';
import type { RunningTarget } from '../target.ts';

/** Ports that are asked for by https:// and by what imitates it. */
export const TLS_PORTS: readonly number[] = [443, 8443];
/** ms for one look. */
const PATIENCE = 2000;
const PAUSE = 50;
/** ms in which a listener that speaks TLS begins to do so. */
const SETTLED = 3000;
/** ms until it has to accept connections; how it does not is for whoever waits for its answers. */
const BUDGET = 15_000;

/** Whether connections are accepted. */
function listens({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTcp({ host, port });
    const end = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.setTimeout(PATIENCE, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}

/** Whether the answer to a TLS handshake is one, be it an alert. */
function answersTls({ host, port }: Address, servername: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectTls({ host, port, servername, rejectUnauthorized: false });
    const end = (tls: boolean): void => {
      socket.destroy();
      resolve(tls);
    };
    socket.setTimeout(PATIENCE, () => end(false));
    socket.once('secureConnect', () => end(true));
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) => end(/^ERR_SSL_.*ALERT/.test(code)));
    socket.once('close', () => end(false));
  });
}

/** The answer to a request in plain text, if there is one. */
async function plainAnswer(endpoint: Endpoint): Promise<ResponseHead | undefined> {
  try {
    const { response, dispose } = await handshake(endpoint, '', {
      target: endpoint.base || '/',
      plain: true,
      within: PATIENCE,
    });
    dispose();
    return response;
  } catch (error) {
    if (error instanceof Unexpected) return undefined;
    throw error;
  }
}

/** What servers say to a request in plain text where they want TLS. */
const WANTS_TLS = 400;

/**
 * Whether a listener speaks TLS, found by asking it. One that does may not do so at once: some proxies accept connections
 * before they have read about the certificates. One that takes both is asked over TLS where its port is known for that.
 *
 * @param port where the proxy listens, wherever it is reached
 * @param endpoint how it is asked if it does not
 * @param servername for SNI (RFC 6066 §3): some listeners want to hear a name that they know
 * @throws Died when the proxy is gone; the signal's reason when it is aborted
 */
export async function speaksTls(
  endpoint: Endpoint,
  servername: string,
  alive: Readiness,
  port = endpoint.port,
): Promise<boolean> {
  const { signal, obituary, budget = BUDGET } = alive;
  const deadline = now() + budget;
  const pause = (): Promise<void> => delay(PAUSE, undefined, { signal }).catch(() => signal.throwIfAborted());
  while (!(await listens(endpoint))) {
    const died = await obituary();
    if (died !== undefined) throw new Died(died);
    if (now() > deadline) return false;
    await pause();
  }
  const settled = Math.min(now() + SETTLED, deadline);
  while (!(await answersTls(endpoint, servername))) {
    if ((await plainAnswer(endpoint))?.has('x-wsproof-origin') || now() > settled) return false;
    await pause();
  }
  if (TLS_PORTS.includes(port)) return true;
  // Traefik takes TLS on every port, and leads it to the routers for TLS.
  return ((await plainAnswer(endpoint))?.status ?? WANTS_TLS) === WANTS_TLS;
}

/** Whether a handshake at this path is answered by a 101; undefined when it is not answered. */
async function switches(endpoint: Endpoint, target: string): Promise<boolean | undefined> {
  const key = randomBytes(16).toString('base64');
  try {
    const { switched, dispose } = await handshake(endpoint, key, { target, within: PATIENCE });
    dispose();
    return switched;
  } catch (error) {
    if (error instanceof Unexpected) return undefined;
    throw error;
  }
}

/** Whether WebSockets get through at the path of an endpoint and not at paths below: a route may want to match exactly. */
async function leadsElsewhereBelow(endpoint: Endpoint): Promise<boolean> {
  const { base } = endpoint;
  if (!(await switches(endpoint, base || '/'))) return false;
  return (await switches(endpoint, `${base.replace(/\/$/, '')}/below`)) === false;
}

/**
 * A target that runs, and of which it is known now whether what lies below its path leads elsewhere.
 *
 * @throws what kept that from being found out; the target is stopped then
 */
export async function lookedBelow(running: RunningTarget): Promise<RunningTarget> {
  try {
    const exact = await leadsElsewhereBelow(running.endpoint);
    return exact ? { ...running, endpoint: { ...running.endpoint, exact } } : running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}
