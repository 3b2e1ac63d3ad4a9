import type { RequestHead } from './head.ts';

/** The `host` parameters of Forwarded (RFC 7239 §5.3), without the quotes that a port makes necessary (§4). */
function forwardedHosts(head: RequestHead): string[] {
  return head
    .list('forwarded')
    .flatMap((element) => element.split(';'))
    .map((pair) => /^\s*host="?([^"]*)"?\s*$/i.exec(pair)?.[1])
    .filter((host) => host !== undefined);
}

/** Every name under which a request says it was sent for: Host (or :authority) and what proxies keep it in. */
export function hostsNamed(head: RequestHead): string[] {
  const named = ['host', ':authority', 'x-forwarded-host'].flatMap((field) => head.list(field));
  return [...named, ...forwardedHosts(head)].map((host) => host.toLowerCase());
}

/** Whether the origin can tell under which name the client sent this. A missing port is no other name. */
export function namesHost(head: RequestHead, authority: string): boolean {
  const wanted = authority.toLowerCase();
  return hostsNamed(head).some((host) => host === wanted || host === wanted.replace(/:\d+$/, ''));
}
