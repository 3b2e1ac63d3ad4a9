import { z } from 'zod';
import { proxyFile } from '../proxies/descriptor.ts';
import { reportSchema, streamEntrySchema } from '../report/document.ts';
import { baselineFile } from '../runner/baseline.ts';
import { configFile } from './config-file.ts';

/** Our file formats, by the name of their JSON Schema in schema/. */
const FILES: Readonly<Record<string, z.ZodType>> = {
  'baseline.schema.json': baselineFile,
  'config.schema.json': configFile,
  'proxy.schema.json': proxyFile,
  'report.schema.json': reportSchema,
  'stream.schema.json': streamEntrySchema,
};

/**
 * The JSON Schemas (draft 2020-12) of the files that users and programs write, as editors take them: name of the file → its text.
 * They are checked in; `npm run schema` writes them anew.
 */
export function schemaFiles(): Map<string, string> {
  return new Map(
    Object.entries(FILES).map(([name, shape]) => [
      name,
      `${JSON.stringify(z.toJSONSchema(shape, { io: 'input' }), null, 2)}\n`,
    ]),
  );
}
