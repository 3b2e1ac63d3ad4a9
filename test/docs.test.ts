import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const ROOT = join(import.meta.dirname, '../..');
const pages = readdirSync(ROOT)
  .concat(readdirSync(join(ROOT, 'docs'), { recursive: true }).map((name) => join('docs', String(name))))
  .filter((name) => name.endsWith('.md'));

/** The address of a heading, as GitHub makes it. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const headings = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!));

describe('the documentation', () => {
  for (const page of pages) {
    const path = join(ROOT, page);
    const text = readFileSync(path, 'utf8');

    it(`${page} links to what there is`, () => {
      for (const [, link] of text.matchAll(/\]\(([^)]+)\)/g)) {
        if (/^https?:/.test(link!)) continue;
        const [file = '', heading] = link!.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        assert.ok(existsSync(target), `${link} is not there`);
        if (heading) assert.ok(headings(target).includes(heading), `${link}: there is no such heading`);
      }
    });

    it(`${page} quotes files as they are`, () => {
      for (const [, file, quoted] of text.matchAll(/`([\w./-]+\.ts)`:\n\n```ts\n([\s\S]*?)```/g)) {
        assert.equal(quoted, readFileSync(join(ROOT, file!), 'utf8'), file);
      }
    });
  }
});
