import { isIP } from 'node:net';
import type { Transport } from './endpoint.ts';
import type { RequestHead } from './head.ts';

/** The fields in which proxies tell the origin of their client. */
export const FORWARDING = [
  'X-Forwarded-For',
  'X-Real-IP',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'Forwarded',
] as const;

/** The values of one parameter of Forwarded (RFC 7239 §5), without the quotes that a port makes necessary (§4). */
function forwardedValues(head: RequestHead, parameter: 'for' | 'host' | 'proto'): string[] {
  return head
    .list('forwarded')
    .flatMap((element) => element.split(';'))
    .map((pair) => /^(\w+)="?([^"]*)"?$/.exec(pair.trim()) ?? [])
    .flatMap(([, name, value]) => (name?.toLowerCase() === parameter && value !== undefined ? [value] : []));
}

/** Every name under which a request says it was sent for: Host (or :authority) and what proxies keep it in. */
export function hostsNamed(head: RequestHead): string[] {
  const named = ['host', ':authority', 'x-forwarded-host'].flatMap((field) => head.list(field));
  return [...named, ...forwardedValues(head, 'host')].map((host) => host.toLowerCase());
}

/** Whether the origin can tell under which name the client sent this. A missing port is no other name. */
export function namesHost(head: RequestHead, authority: string): boolean {
  const wanted = authority.toLowerCase();
  return hostsNamed(head).some((host) => host === wanted || host === wanted.replace(/:\d+$/, ''));
}

/** One thing that a request says of the client, and the field in which it stands. */
export interface Claim {
  readonly name: string;
  readonly value: string;
}

/** An address, with or without a port and the brackets that this makes necessary. */
const isAddress = (value: string): boolean =>
  isIP(value.replace(/^\[(.*)\](:\d+)?$/, '$1')) !== 0 || isIP(value.replace(/:\d+$/, '')) === 4;

/** RFC 7239 §6: an address, `unknown`, or a name that means something only to whoever made it up. */
const isNode = (value: string): boolean => isAddress(value) || /^(unknown|_[\w.-]+)(:\w+)?$/i.test(value);

const SCHEMES: Readonly<Record<Transport, readonly string[]>> = {
  ws: ['http', 'ws'],
  wss: ['https', 'wss'],
  h2: ['https', 'wss'],
};

/** What the forwarding fields of a request say that is not so, or no value at all. Which address is right only the proxy knows. */
export function falseClaims(sent: RequestHead, arrived: RequestHead, transport: Transport): Claim[] {
  const authority = (sent.get('host') ?? sent.get(':authority') ?? '').toLowerCase();
  const isHost = (value: string): boolean => [authority, authority.replace(/:\d+$/, '')].includes(value.toLowerCase());
  const isScheme = (value: string): boolean => SCHEMES[transport].includes(value.toLowerCase());
  const checks: readonly (readonly [name: string, values: string[], holds: (value: string) => boolean])[] = [
    ['X-Forwarded-For', arrived.list('x-forwarded-for'), isAddress],
    ['X-Real-IP', arrived.list('x-real-ip'), isAddress],
    ['X-Forwarded-Proto', arrived.list('x-forwarded-proto'), isScheme],
    ['X-Forwarded-Host', arrived.list('x-forwarded-host'), isHost],
    ['Forwarded', forwardedValues(arrived, 'for'), isNode],
    ['Forwarded', forwardedValues(arrived, 'proto'), isScheme],
    ['Forwarded', forwardedValues(arrived, 'host'), isHost],
  ];
  return checks.flatMap(([name, values, holds]) =>
    values.filter((value) => !holds(value)).map((value) => ({ name, value })),
  );
}
