// Writes the JSON Schemas of schema/ from the code in dist/.
import { mkdir, writeFile } from 'node:fs/promises';
import { schemaFiles } from '../dist/src/config/schemas.js';

const folder = new URL('../schema/', import.meta.url);
await mkdir(folder, { recursive: true });
for (const [name, text] of schemaFiles()) await writeFile(new URL(name, folder), text);
