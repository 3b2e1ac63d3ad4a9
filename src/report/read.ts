import { type Report, reportSchema, SCHEMA_VERSION } from './document.ts';

/** The text is no report document; the message says where and why. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport';
}

/**
 * Reads a report document, whether the run came to its end or not.
 *
 * @throws UnreadableReport when it is not JSON, of another schema version, or not as the schema has it
 */
export function readReport(text: string): Report {
  let given: unknown;
  try {
    given = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UnreadableReport(`it is not JSON: ${(error as Error).message}`);
  }
  const version = typeof given === 'object' && given !== null && 'schemaVersion' in given && given.schemaVersion;
  if (version === false) throw new UnreadableReport('it is no report of wsproof: there is no schemaVersion');
  if (version !== SCHEMA_VERSION) {
    throw new UnreadableReport(
      `its schema version is ${String(version)}; this wsproof reads version ${SCHEMA_VERSION}`,
    );
  }
  const { success, data, error } = reportSchema.safeParse(given);
  if (success) return data;
  const { path, message } = error.issues[0]!;
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  throw new UnreadableReport(`${path.join('.') || 'the document'}: ${message}${more}`);
}
