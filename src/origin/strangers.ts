import type { Field } from '../wire/head.ts';
import { echo } from './echo.ts';
import { refusalOf } from './refusal.ts';
import type { Visit } from './visit.ts';

/** What a browser that is led here may make of an answer: nothing. */
const INERT: readonly Field[] = [
  ['Content-Type', 'application/json'],
  ['X-Content-Type-Options', 'nosniff'],
  ['Content-Security-Policy', "default-src 'none'"],
  ['Cache-Control', 'no-store'],
];

/**
 * What a stranger gets: an echo of what it says, and nothing that it asks for beyond that. An answer has no word of the
 * request in it, which a proxy may have put secrets into; and after a refusal the connection ends, so that a proxy which
 * takes it for a tunnel leads nowhere.
 */
export async function playForStrangers(visit: Visit): Promise<void> {
  const { head } = visit.exchange;
  const refusal = refusalOf(head, true);
  if (!refusal) return void (await visit.accept(echo(visit.scene)));
  const { status, why, fields } = refusal;
  const end: readonly Field[] = head.version === 'HTTP/2' ? [] : [['Connection', 'close']];
  const body = Buffer.from(`${JSON.stringify({ wsproof: 'origin', why })}\n`);
  await visit.refuse(status, [...INERT, ...fields, ...end], body);
}
