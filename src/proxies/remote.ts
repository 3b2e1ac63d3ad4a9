import { isIP } from 'node:net';
import { EnvironmentError } from '../errors.ts';
import { trusting } from '../wire/connect.ts';
import type { Endpoint, Transport } from '../wire/endpoint.ts';
import type { Field } from '../wire/head.ts';
import { authorityOf } from './address.ts';
import type { Descriptor } from './descriptor.ts';
import { flagged } from './flags.ts';
import { fixFor } from './knowledge.ts';
import { type Recognized, readLoadBalancers, recognize } from './load-balancers.ts';
import type { Authority, OriginPlacement } from './load-options.ts';
import { notReady } from './ready.ts';
import { signIn } from './signs.ts';
import type { Target } from './target.ts';

/** ms: what is deployed and does not know of us is there, or is not. One that has to find our origin gets more time. */
const FOREIGN_BUDGET = 3000;

/** Where the origin of a deployed proxy is. */
export interface RemoteOptions {
  readonly origin: OriginPlacement;
  readonly ca?: Authority;
  readonly insecure?: boolean;
  /** What is known of proxies, to recognize one of them by its answers. Default: nothing. */
  readonly proxies?: () => Promise<readonly Descriptor[]>;
  /** Field lines that each request bears; Host is the name to ask for. */
  readonly headers?: readonly Field[];
}

function endpointOf(url: URL, transport: Transport, { ca, insecure, headers = [] }: RemoteOptions): Endpoint {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (transport === 'ws' ? 80 : 443));
  const isHost = ([name]: Field): boolean => name.toLowerCase() === 'host';
  const fields = headers.filter((field) => !isHost(field));
  return {
    transport,
    host,
    port,
    authority: headers.findLast(isHost)?.[1] ?? authorityOf(host, port, transport),
    base: url.pathname === '/' ? '' : url.pathname,
    // RFC 6066 §3: an address is no server name.
    ...(transport === 'ws' || isIP(host) ? {} : { servername: host }),
    ...(ca === undefined ? {} : { trust: trusting(ca.pem) }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(fields.length === 0 ? {} : { fields }),
  };
}

/** As `--origin` has it; undefined for its default. */
function wordFor(origin: OriginPlacement): string | undefined {
  if (origin === 'none') return undefined;
  return 'local' in origin ? `local:${origin.local}` : 'remote';
}

/** What has to stand beside the address, so that the same is asked again; values of fields may be secrets. */
function flagsOf(transport: Transport, { origin, ca, insecure, headers = [] }: RemoteOptions): { flags?: string } {
  const flags = [
    ...flagged([
      ['--origin', wordFor(origin)],
      ['--transport', transport === 'h2' ? transport : undefined],
      ['--ca', ca?.file],
      ...headers.map(([name]) => ['--header', `${name}: …`] as const),
    ]),
    ...(insecure ? ['--insecure'] : []),
  ];
  return flags.length === 0 ? {} : { flags: flags.join(' ') };
}

/** What to try next, as a sentence behind the one that says why a target is not ready; or ''. */
function remedy(words: string, url: URL, origin: OriginPlacement): string {
  if (/does not speak TLS/.test(words)) return ` Is it ${url.href.replace(/^wss/, 'ws')}, or another port?`;
  if (/certificate/i.test(words))
    return ' Trust its authority with --ca FILE, or accept any certificate with --insecure.';
  if (origin === 'none') return '';
  return 'local' in origin
    ? ` Is the upstream of your proxy 127.0.0.1:${origin.local}?`
    : ' Does it lead to a wsproof serve, and does that run?';
}

/** A proxy that runs already, by its address. It is asked, and never started or stopped. */
export function remoteTarget(url: URL, transport: Transport, options: RemoteOptions): Target {
  const { origin } = options;
  const foreign = origin === 'none';
  const address = url.pathname === '/' ? url.href.slice(0, -1) : url.href;
  const endpoint = endpointOf(url, transport, options);
  const loadBalancers: Recognized[] = [];
  const recognized: { readonly proxy: Descriptor; readonly version: string | undefined }[] = [];
  return {
    id: transport === 'h2' ? `${address} (h2)` : address,
    proxy: url.host,
    variant: 'deployed',
    transport,
    spec: address,
    ...flagsOf(transport, options),
    deployed: true,
    config: [],
    originNeeds: foreign ? { foreign } : 'local' in origin ? { port: origin.local } : { remote: origin.remote },
    expected: () => undefined,
    fix: (symptom) => {
      const cures = recognized.map(({ proxy, version }) => fixFor(proxy, symptom, version));
      return loadBalancers.find(({ fixes }) => symptom in fixes)?.fixes[symptom] ?? cures.find((fix) => fix);
    },
    async start({ signal, knocked }) {
      const known = await readLoadBalancers();
      // What an application says of itself in these fields is nothing of the proxy; our origin says nothing there.
      const proxies = foreign ? [] : ((await options.proxies?.()) ?? []);
      const gone = async (): Promise<undefined> => undefined;
      const why = await notReady(endpoint, {
        signal,
        obituary: gone,
        knocked,
        foreign,
        answered: (head) => {
          const news = recognize(known, head).filter(({ page }) => !loadBalancers.some((one) => one.page === page));
          loadBalancers.push(...news);
          for (const proxy of proxies) {
            const sign = signIn(proxy.signs ?? [], head);
            if (sign && !recognized.some((one) => one.proxy === proxy))
              recognized.push({ proxy, version: sign.match[1] });
          }
        },
        ...(foreign ? { budget: FOREIGN_BUDGET } : {}),
      });
      if (why !== undefined) {
        throw new EnvironmentError(`${address} is not ready: it ${why.words}.${remedy(why.words, url, origin)}`);
      }
      return { endpoint, loadBalancers, log: async () => '', obituary: gone, stop: async () => {} };
    },
  };
}
