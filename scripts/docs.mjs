// Writes the pages of docs/ that are made of the code in dist/.
import { writeFile } from 'node:fs/promises';
import { pages } from '../dist/test/pages/pages.js';

for (const [name, text] of pages()) await writeFile(new URL(`../docs/${name}`, import.meta.url), text);
