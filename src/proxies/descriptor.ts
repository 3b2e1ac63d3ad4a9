import { z } from 'zod';
import { command, containerPath, env, name, port, range, regex, relativePath, transport } from './kinds.ts';
import { localRules } from './local/rules.ts';
import { ownRules } from './own/rules.ts';

const verdict = z.enum(['fail', 'warn']);
const outcome = z.strictObject({
  verdict: z.enum(['pass', 'fail', 'warn']),
  symptom: z
    .union([name, z.array(name).min(1)])
    .transform((given) => [given].flat())
    .optional()
    .meta({ description: 'What it is known by; one of several. Another symptom is news. Default: any.' }),
  versions: range.optional(),
  transports: z.array(transport).min(1).optional(),
  because: z.string().optional(),
  race: z.literal(true).optional().meta({ description: 'It holds now and then, and where it does, nothing is fixed.' }),
});
const outcomes = z
  .union([verdict, outcome, z.array(outcome).min(1)])
  .transform((given) => (typeof given === 'string' ? [{ verdict: given }] : [given].flat()))
  .meta({ description: 'The known outcome; of a list, the first entry that fits.' });

const applying = z
  .union([
    z.strictObject({ replace: regex.meta({ description: 'It takes the place of what this matches.' }) }),
    z.strictObject({ after: regex.meta({ description: 'It follows the line that this matches in.' }) }),
    z.strictObject({
      variant: name.meta({ description: 'It has several places; this variant has it in all of them.' }),
    }),
  ])
  .meta({
    description: 'How to apply "config" to a variant that needs it: tests do. Default: the right variant has it.',
  });

const fix = z.strictObject({
  text: z.string().meta({ description: 'One sentence: what this proxy does, and what to change.' }),
  config: z.string().optional().meta({ description: "Lines for the proxy's configuration." }),
  apply: applying.optional(),
  docs: z.url().optional(),
  versions: range.optional(),
});

const variant = z.strictObject({
  title: z.string().optional().meta({ description: 'What this configuration is, in a few words.' }),
  files: z.record(relativePath, containerPath).optional().meta({
    description:
      'File in this folder: where it goes in the container. The origin is origin:9000 in it (TLS: origin:9443).',
  }),
  options: z.record(z.string(), z.unknown()).optional().meta({ description: 'Given to the module as it is.' }),
  transports: z.array(transport).min(1).optional().meta({ description: 'Default: all that the proxy listens for.' }),
  versions: range.optional().meta({ description: 'Those that understand its files. Default: all.' }),
  command: command.optional(),
  env: env.optional(),
  origins: z.int().min(1).max(2).optional().meta({
    description: 'Over how many origins it balances. The second one is origin:9001 (TLS: origin:9444). Default: 1.',
  }),
  originTls: z.boolean().optional().meta({ description: 'The proxy speaks TLS to the origin, at origin:9443.' }),
  expect: z.record(z.string(), outcomes).optional().meta({ description: 'Probe: its known outcome here.' }),
});

/** The contents of a proxy.yaml: everything that is to be known about one proxy. */
export const proxyFile = z
  .strictObject({
    name,
    homepage: z.url(),
    image: z
      .string()
      .optional()
      .meta({ description: 'The image, with the version that is taken when none is asked for as its tag.' }),
    tag: z
      .string()
      .regex(/\{version\}/, 'a text with {version} in it')
      .optional()
      .meta({ description: 'How the tags of the image spell a version, such as "v{version}-latest".' }),
    module: relativePath.optional().meta({
      description: 'Instead of an image: a module of this folder that starts the proxy, in a process of its own.',
    }),
    package: z
      .string()
      .optional()
      .meta({ description: 'The npm package that the module needs and that does not come with this tool.' }),
    versions: z
      .array(z.string())
      .min(1)
      .optional()
      .meta({ description: 'Versions that there are images of, the newest first.' }),
    version: z
      .strictObject({ run: command, match: regex.meta({ description: 'Its first group is the version.' }) })
      .optional()
      .meta({ description: 'How to ask the running proxy for its version.' }),
    signs: z
      .array(z.strictObject({ field: z.string(), matches: regex }))
      .min(1)
      .optional()
      .meta({
        description:
          'Fields that it puts on answers: where it is deployed, it is recognized by any one of them. The first group is the version.',
      }),
    listen: z
      .strictObject({ ws: port.optional(), wss: port.optional(), h2: port.optional() })
      .meta({ description: 'The port of each transport, in the container.' })
      .optional(),
    proven: z
      .strictObject({
        version: z.string().optional().meta({ description: 'Of what really ran.' }),
        date: z.iso.date(),
      })
      .optional()
      .meta({ description: 'When the right variant was last probed to the end: "expect" is all that does not hold.' }),
    command: command.optional(),
    reload: command.optional(),
    tls: z
      .strictObject({
        cert: containerPath.optional(),
        key: containerPath.optional(),
        pem: containerPath.optional().meta({ description: 'The certificate and the key in one file.' }),
        ca: containerPath.optional().meta({ description: "The authority's certificate, to check the origin's with." }),
      })
      .optional()
      .meta({ description: 'Where the certificate of the run goes.' }),
    env: env.optional(),
    own: ownRules.optional(),
    local: localRules.optional(),
    variants: z.record(name, variant),
    fixes: z
      .record(
        name,
        z.union([fix, z.array(fix).min(1)]).transform((given) => [given].flat()),
      )
      .optional()
      .meta({ description: 'Symptom: what to change. Of a list, the first entry whose versions fit.' }),
  })
  .superRefine((file, context) => {
    const wrong = (path: PropertyKey[], message: string): void => context.addIssue({ code: 'custom', path, message });
    if ((file.image === undefined) === (file.module === undefined)) wrong([], 'either "image" or "module"');
    if (file.package !== undefined && file.module === undefined) wrong(['package'], 'no package without a module');
    if (file.image !== undefined && Object.keys(file.listen ?? {}).length === 0)
      wrong(['listen'], 'the port of at least one transport');
    if (Object.keys(file.variants).length === 0) wrong(['variants'], 'at least one variant');
    for (const [id, { transports = [], files, options }] of Object.entries(file.variants)) {
      const missing = file.image === undefined ? undefined : transports.find((one) => file.listen?.[one] === undefined);
      if (missing)
        wrong(['variants', id, 'transports'], `only transports that "listen" has a port for, not ${missing}`);
      if (file.module !== undefined && files)
        wrong(['variants', id, 'files'], 'no files for a module: it reads its own');
      if (file.image !== undefined && options)
        wrong(['variants', id, 'options'], 'no options for an image: they are for a module');
    }
    for (const [symptom, entries] of Object.entries(file.fixes ?? {})) {
      // Where an entry has a fault of its own, this is still as it is written.
      for (const { apply } of [entries].flat()) {
        if (apply && 'variant' in apply && !(apply.variant in file.variants))
          wrong(['fixes', symptom], `to be applied in a variant that there is, not ${apply.variant}`);
      }
    }
  })
  .meta({
    title: 'proxy.yaml of wsproof',
    description: 'One proxy: its image, its configurations, what is known of it.',
  });

/** A proxy as its proxy.yaml describes it. */
export type Descriptor = z.infer<typeof proxyFile>;
/** The cure of a symptom, for a range of versions. */
export type DescribedFix = NonNullable<Descriptor['fixes']>[string][number];
/** When the right variant of a proxy was last probed to the end. */
export type Proven = NonNullable<Descriptor['proven']>;
/** How a proxy runs a configuration of the user's. */
export type OwnRules = NonNullable<Descriptor['own']>;
/** How a proxy is run without a container. */
export type LocalRules = NonNullable<Descriptor['local']>;
/** One configuration of a proxy. */
export type Variant = Descriptor['variants'][string];
/** What is known of one probe at a variant, where it holds, and why. */
export type KnownOutcome = NonNullable<Variant['expect']>[string][number];
