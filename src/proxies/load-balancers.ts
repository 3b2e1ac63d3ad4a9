import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Head } from '../wire/head.ts';
import { parseYaml } from '../yaml/yaml.ts';
import { type Sign, signIn } from './signs.ts';
import type { Fix } from './target.ts';

/** A load balancer that cannot be run here, as its page in docs/load-balancers/ tells of it. */
export interface LoadBalancer {
  readonly title: string;
  /** The page, as a reader of the documentation finds it. */
  readonly page: string;
  /** Any one of them tells of it. */
  readonly signs: readonly Sign[];
  /** Symptom: what to change. */
  readonly fixes: Readonly<Record<string, Fix>>;
}

/** A load balancer, and the field that told of it. */
export interface Recognized extends LoadBalancer {
  /** `server: awselb/2.0` */
  readonly sign: string;
}

const PAGES = fileURLToPath(new URL('../../../docs/load-balancers/', import.meta.url));

const heading = z.strictObject({
  title: z.string(),
  signs: z.array(z.strictObject({ field: z.string(), matches: z.string() })),
  fixes: z
    .record(z.string(), z.strictObject({ text: z.string(), config: z.string().optional(), docs: z.url() }))
    .default({}),
});

/** What a page says above its text, between two lines of three hyphens. */
async function readPage(name: string): Promise<LoadBalancer> {
  const page = `docs/load-balancers/${name}`;
  const [, above = ''] = /^---\n([\s\S]*?\n)---\n/.exec(await readFile(join(PAGES, name), 'utf8')) ?? [];
  const { title, signs, fixes } = parseYaml(above, page, heading).value;
  const told = Object.entries(fixes).map(([symptom, { text, config, docs }]): [string, Fix] => [
    symptom,
    { text, ...(config === undefined ? {} : { config }), docs },
  ]);
  return { title, page, signs, fixes: Object.fromEntries(told) };
}

/** All that there are pages of. @throws UsageError with the faults of a page */
export async function readLoadBalancers(): Promise<LoadBalancer[]> {
  const names = (await readdir(PAGES)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(names.map(readPage));
}

/** Those that an answer has come through, by what stands in its fields. */
export function recognize(balancers: readonly LoadBalancer[], answer: Head): Recognized[] {
  return balancers.flatMap((balancer) => {
    const found = signIn(balancer.signs, answer);
    if (!found) return [];
    const { field, match } = found;
    // A value that does not matter, or that is nobody's business, is left out.
    return [{ ...balancer, sign: match[0].length > 1 ? `${field}: ${match[0]}` : field }];
  });
}
