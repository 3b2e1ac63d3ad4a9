import { UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';

/** What stands behind the proxy's name. */
interface Choice {
  /** As the user wrote it. */
  readonly text: string;
  readonly variant?: string;
  readonly transport?: Transport;
}

/** A proxy that can stand in a chain. */
export type HopSpec = Exclude<Spec, { kind: 'url' | 'chain' }>;

/** What a user means by a target on the command line. */
export type Spec =
  /** `nginx@1.26:websocket/wss`: a proxy that comes with the tool. */
  | (Choice & { readonly kind: 'proxy'; readonly name: string; readonly version?: string })
  /** `./my-proxy/@1.26:websocket/wss`: a folder with a proxy.yaml. */
  | (Choice & { readonly kind: 'folder'; readonly path: string; readonly version?: string })
  /** `./my-proxy.mjs:websocket/wss`: a module. */
  | (Choice & { readonly kind: 'module'; readonly path: string })
  /** `caddy+nginx:naive`: a chain, the outermost first. */
  | { readonly kind: 'chain'; readonly text: string; readonly hops: readonly HopSpec[] }
  /** `wss://example.com/chat`: a proxy that is deployed. */
  | { readonly kind: 'url'; readonly text: string; readonly url: URL };

export const TRANSPORTS: readonly Transport[] = ['ws', 'wss', 'h2'];

const SCHEMES: Record<string, string> = { 'http:': 'ws:', 'https:': 'wss:' };

/** RFC 6455 §3: ws-URI and wss-URI. */
function parseUrl(text: string): Spec {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`"${text}" is not an address; it looks like wss://example.com/chat.`);
  }
  const scheme = SCHEMES[url.protocol] ?? url.protocol;
  if (scheme !== 'ws:' && scheme !== 'wss:') {
    throw new UsageError(`"${text}" begins with ${url.protocol}//; a target begins with ws:// or wss://.`);
  }
  // A password on the command line stands in the process list and in the shell's history.
  if (url.username || url.password) {
    throw new UsageError(
      `The address of ${url.host} holds a user name or a password, which is not sent. Take it out, and say what is to be asked with: --header 'Authorization: Basic …', or WSPROOF_HEADER.`,
    );
  }
  if (url.hash) throw new UsageError(`"${text}" has a fragment; an address of a WebSocket has none (RFC 6455 §3).`);
  if (url.search) throw new UsageError(`"${text}" has a query; the probes write a query of their own, so take it out.`);
  // The scheme of a special URL can be set to another special one, and its port stays right.
  url.protocol = scheme;
  return { kind: 'url', text, url };
}

function transportOf(transport: string | undefined, text: string): { transport?: Transport } {
  if (transport === undefined) return {};
  const known = TRANSPORTS.find((name) => name === transport);
  if (!known)
    throw new UsageError(`"${text}": there is no transport "${transport}"; there are ${TRANSPORTS.join(', ')}.`);
  return { transport: known };
}

const VERSION = String.raw`(?:@(?<version>\w[\w.-]*))?`;
const VARIANT = String.raw`(?::(?<variant>[\w-]+))?`;
const TRANSPORT = String.raw`(?:\/(?<transport>[\w]+))?`;
const NAMED = new RegExp(`^(?<name>[a-z0-9][a-z0-9-]*)${VERSION}${VARIANT}${TRANSPORT}$`);
const MODULE = new RegExp(`^(?<path>.+\\.m?js)${VERSION}${VARIANT}${TRANSPORT}$`);
/** A transport stands behind a version, a variant or the slash of the folder: `./proxies/h2` is a folder. */
const FOLDER = new RegExp(`^(?<path>.+\\/)${VERSION}${VARIANT}${TRANSPORT}$`);
const BARE_FOLDER = new RegExp(
  `^(?<path>.*?[^/])(?:${VERSION}:(?<variant>[\\w-]+)|@(?<only>\\w[\\w.-]*))${TRANSPORT}$`,
);

function pathSpec(text: string): Spec {
  const module = MODULE.exec(text)?.groups;
  if (module) {
    const { path, version, variant, transport } = module;
    if (version) throw new UsageError(`"${text}": a module runs as it is; no version of it can be chosen.`);
    return { kind: 'module', text, path: path!, ...(variant ? { variant } : {}), ...transportOf(transport, text) };
  }
  const folder = (FOLDER.exec(text) ?? BARE_FOLDER.exec(text))?.groups;
  if (!folder) return { kind: 'folder', text, path: text };
  const { path, variant, transport } = folder;
  const version = folder.version ?? folder.only;
  return {
    kind: 'folder',
    text,
    path: path!,
    ...(version ? { version } : {}),
    ...(variant ? { variant } : {}),
    ...transportOf(transport, text),
  };
}

/** The parts of a chain; a plus in the path of a folder is a part of its name. */
function partsOf(text: string): string[] {
  const parts = text.split('+');
  const startsHop = (part: string): boolean => NAMED.test(part) || /^\.{0,2}\//.test(part) || MODULE.test(part);
  return parts.length > 1 && parts.every(startsHop) ? parts : [text];
}

function chainSpec(text: string, parts: readonly string[]): Spec {
  const hops = parts.map((part) => parseSpec(part) as HopSpec);
  const inner = hops.slice(1).find(({ transport }) => transport !== undefined);
  if (inner) {
    throw new UsageError(
      `"${text}": a client reaches a chain at its outermost proxy, so only that has a transport: ${parts[0]}/${inner.transport}.`,
    );
  }
  return { kind: 'chain', text, hops };
}

/**
 * Reads a target as it stands on the command line. Whether it exists is for the catalog to say.
 *
 * @throws UsageError when it cannot be read
 */
export function parseSpec(text: string): Spec {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return parseUrl(text);
  const parts = partsOf(text);
  if (parts.length > 1) return chainSpec(text, parts);
  if (/^(\.{0,2}\/|\.{1,2}$)/.test(text) || /\.m?js(?=$|[@:/])/.test(text)) return pathSpec(text);
  const named = NAMED.exec(text)?.groups;
  if (named) {
    const { name, version, variant, transport } = named;
    return {
      kind: 'proxy',
      text,
      name: name!,
      ...(version ? { version } : {}),
      ...(variant ? { variant } : {}),
      ...transportOf(transport, text),
    };
  }
  throw new UsageError(
    `"${text}" is not a target. It is a proxy (nginx@1.26:websocket/wss, all but the name can be left out), ` +
      'a folder with a proxy.yaml (./my-proxy/), a module (./my-proxy.mjs), a chain of these (caddy+nginx) or ' +
      'an address (wss://example.com/chat).',
  );
}
