import type { z } from 'zod';
import { type Report, reportSchema, SCHEMA_VERSION } from './document.ts';

/** The text is no report document; the message says where and why. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
}

/** @throws UnreadableReport when it is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableReport(`it is not JSON: ${(error as Error).message}`);
  }
}

/** @throws UnreadableReport when it is no document, or of another schema version */
export function requireVersion(given: unknown): void {
  const version = typeof given === 'object' && given !== null && 'schemaVersion' in given && given.schemaVersion;
  if (version === false) throw new UnreadableReport('it is no report of wsproof: there is no schemaVersion');
  if (version !== SCHEMA_VERSION) {
    throw new UnreadableReport(
      `its schema version is ${String(version)}; this wsproof reads version ${SCHEMA_VERSION}`,
    );
  }
}

/** @throws UnreadableReport when it is not as the schema has it */
export function parseWith<T>(given: unknown, shape: z.ZodType<T>): T {
  const { success, data, error } = shape.safeParse(given);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  throw new UnreadableReport(`${path.join('.') || 'the document'}: ${message}${more}`);
}

/**
 * Reads a report document, whether the run came to its end or not.
 *
 * @throws UnreadableReport when it is not JSON, of another schema version, or not as the schema has it
 */
export function readReport(text: string): Report {
  const given = parseJson(text.replace(/^\uFEFF/, ''));
  requireVersion(given);
  return parseWith(given, reportSchema);
}
