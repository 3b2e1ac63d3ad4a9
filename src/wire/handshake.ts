import { createHash } from 'node:crypto';
import type { Endpoint } from './endpoint.ts';
import type { Field } from './head.ts';

/** RFC 6455 §1.3: the GUID that is joined to the key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The `Sec-WebSocket-Accept` value that belongs to a `Sec-WebSocket-Key` (RFC 6455 §4.2.2, step 5.4). */
export function acceptFor(key: string): string {
  return createHash('sha1')
    .update(key + GUID)
    .digest('base64');
}

/** The field lines of one request, behind those that every request to this endpoint bears. */
export function fieldsTo({ fields: always = [] }: Pick<Endpoint, 'fields'>, fields: readonly Field[] = []): Field[] {
  const names = new Set(fields.map(([name]) => name.toLowerCase()));
  return [...always.filter(([name]) => !names.has(name.toLowerCase())), ...fields];
}

/** Whether a value is the base64 form of 16 bytes, as RFC 6455 §4.1 (item 7) asks of the key. */
export function isKey(value: string | undefined): boolean {
  return value !== undefined && /^[A-Za-z0-9+/]{22}==$/.test(value);
}
