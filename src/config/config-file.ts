import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { RUNTIMES } from '../proxies/load-options.ts';
import { TRANSPORTS } from '../proxies/spec.ts';
import { reporters } from '../report/reporters.ts';
import { baselineEntry } from '../runner/baseline.ts';
import { check } from '../yaml/faults.ts';
import { type Located, readYaml } from '../yaml/yaml.ts';
import {
  FIELD_NAME,
  FIELD_VALUE,
  LEVELS,
  LIMITS,
  milliseconds,
  OF_PROBES,
  PRESETS,
  TIME,
  TIME_IN_WORDS,
  TIMES_IN_WORDS,
} from './settings.ts';

/** What a configuration file may be called, where nobody names it. */
const NAMES = ['yaml', 'yml', 'json', 'js', 'mjs'].map((ending) => `wsproof.config.${ending}`);

const word = z.string().min(1);
const path = word.meta({ description: 'Relative to the folder of this file.' });
const globs = (what: string) =>
  z
    .array(word)
    .min(1)
    .meta({ description: `${what}; * stands for anything.` });
const time = (description: string) =>
  z
    .string()
    .regex(TIME, TIME_IN_WORDS)
    .refine((text) => !TIME.test(text) || milliseconds(text) !== undefined, TIMES_IN_WORDS)
    .transform((text) => milliseconds(text)!)
    .meta({ description });
const whole = (name: keyof typeof LIMITS, description: string) =>
  z.int().min(LIMITS[name][0]).max(LIMITS[name][1]).meta({ description });

const fieldName = z
  .string()
  .regex(FIELD_NAME, 'the name of a field')
  .refine((name) => !OF_PROBES.test(name), 'a field that probes do not write themselves');

const target = z.union([
  word.meta({ description: 'As on the command line: nginx@1.30:websocket/wss, nginx@*, ./my-proxy/, wss://…' }),
  z.strictObject({
    proxy: word.meta({ description: 'A proxy that comes with wsproof, or a folder with a proxy.yaml (./my-proxy/).' }),
    versions: z.array(word).min(1).optional().meta({ description: 'In quotes: "1.30". Default: the newest.' }),
    variants: z.array(word).min(1).optional().meta({ description: 'Default: the one that is right for WebSockets.' }),
    transports: z.array(z.enum(TRANSPORTS)).min(1).optional().meta({ description: 'Default: the first that it has.' }),
  }),
]);

/** The contents of a configuration file for `wsproof matrix`. Keys that are options have their names. */
export const configFile = z
  .strictObject({
    $schema: z.string().optional(),
    targets: z.array(target).min(1).optional().meta({ description: 'Default: every proxy that can run here.' }),
    preset: z.enum(PRESETS).optional().meta({ description: 'Which probes when none are named. Default: quick.' }),
    probe: globs('Only these probes and what they need').optional(),
    skip: globs('Not these probes').optional(),
    level: z.array(z.enum(LEVELS)).min(1).optional().meta({ description: 'Only probes of these levels.' }),
    transport: z.array(z.enum(TRANSPORTS)).min(1).optional().meta({ description: 'For targets that do not say.' }),
    idle: time('The silence that a connection must survive. Default: 5s.').optional(),
    crowd: whole('crowd', 'How many connections are many. Default: 500.').optional(),
    timeout: time('How long any single wait may take. Default: 5s.').optional(),
    retries: whole('retries', 'Further tries of a new failure. Default: 1.').optional(),
    jobs: whole('jobs', 'Targets at a time. Default: 2.').optional(),
    seed: whole('seed', 'For keys, masks and payloads. Default: 1.').optional(),
    image: z
      .record(word, word)
      .optional()
      .meta({ description: 'Another image for a proxy (nginx), or for one version.' }),
    runtime: z.enum(RUNTIMES).optional().meta({ description: 'What runs proxies. Default: a container.' }),
    origin: z
      .string()
      .regex(/^(none|remote|local:\d{1,5})$/, '"none", "local:PORT" or "remote"')
      .refine((text) => !(Number(text.split(':')[1]) > 65_535), 'a port up to 65535')
      .optional()
      .meta({ description: 'Where the origin of addresses is. Default: none, an application unknown to us.' }),
    header: z.record(fieldName, z.string().regex(FIELD_VALUE, 'a value without control characters')).optional().meta({
      writeOnly: true,
      description: 'Fields of each request to an address. A secret is better left to WSPROOF_HEADER, or to a module.',
    }),
    ca: path.optional(),
    expectations: z.array(baselineEntry).optional().meta({ description: 'Outcomes that are known, with reasons.' }),
    baseline: path.optional(),
    reporter: z
      .strictObject(Object.fromEntries(Object.keys(reporters).map((name) => [name, path.optional()])))
      .optional()
      .meta({ description: 'Where to write the report, by format.' }),
    stream: path.optional(),
    strict: z.boolean().optional().meta({ description: 'A warning is a finding.' }),
  })
  .meta({ title: 'A configuration of wsproof', description: 'What `wsproof matrix` runs when nothing else is said.' });

export type ConfigFile = z.infer<typeof configFile>;

/** The configuration file of a folder, or undefined. @throws UsageError when there are several */
export async function findConfig(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  const [found, other] = NAMES.filter((name) => names.includes(name));
  if (found === undefined) return undefined;
  if (other === undefined) return join(folder, found);
  throw new UsageError(`There are both ${found} and ${other}: take one of them away, or say which with --config.`);
}

async function fromModule(file: string): Promise<Located<ConfigFile>> {
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(resolve(file)).href)) as { default?: unknown };
  } catch (error) {
    throw new UsageError(`${file}: it cannot be loaded: ${(error as Error).message}`);
  }
  if (module.default === undefined) throw new UsageError(`${file}: it has no default export: export default { … }.`);
  const checked = check(module.default, configFile);
  if ('value' in checked) return { value: checked.value, at: () => file };
  const told = checked.faults.map(
    ({ path: at, message }) => `${[file, ...(at.length > 0 ? [at.map(String).join('.')] : [])].join(': ')}: ${message}`,
  );
  throw new UsageError(told.join('\n'));
}

/**
 * Reads and checks a configuration file: YAML and JSON are read, a module is run.
 *
 * @throws UsageError with every fault, one a line; where the format has lines, each with its own
 */
export async function readConfig(file: string): Promise<Located<ConfigFile>> {
  if (/\.m?js$/.test(file)) return fromModule(file);
  if (/\.(ya?ml|json)$/i.test(file)) return readYaml(file, configFile);
  throw new UsageError(
    `${file}: the name of a configuration of wsproof ends in .yaml, .json, .js or .mjs; one of a proxy is given with --config-file.`,
  );
}
