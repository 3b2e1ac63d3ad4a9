import { readdirSync } from 'node:fs';
import type { Mutant } from './mutant.ts';

/** What mutants are made of. */
const PARTS = ['balancer', 'direction', 'http2', 'index', 'mutant', 'relay'];

// Of the sources, not of what was compiled once: that may be there longer than its source.
const names = readdirSync(new URL('../../../test/mutants', import.meta.url))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !PARTS.includes(name))
  .sort();

/** All that there are, by name: each is the default export of the file of its name. */
export const mutants: readonly Mutant[] = await Promise.all(
  names.map(async (name) => {
    const { default: mutant } = (await import(`./${name}.js`)) as { default: Mutant };
    if (mutant.name !== name) throw new Error(`test/mutants/${name}.ts calls itself ${mutant.name}`);
    return mutant;
  }),
);
