import { z } from 'zod';

/** The major version of the report document. A reader refuses another one. */
export const SCHEMA_VERSION = 1;

export const VERDICTS = ['pass', 'fail', 'warn', 'info', 'unsupported', 'blocked', 'skip', 'error'] as const;

const verdict = z
  .enum(VERDICTS)
  .describe(
    'pass: the requirement holds. fail: a must does not hold. warn: a should does not hold. info: a measurement, no judgement. ' +
      'unsupported: the target declares that it does not do this. blocked: a probe that this one needs did not pass. ' +
      'skip: not run, for the reason in summary. error: inconclusive, not the proxy’s doing.',
  );

const count = z.int().min(0);

const measurement = z.strictObject({
  name: z.string().describe('idleCutAfter, headerLimit …'),
  value: z.number(),
  unit: z.enum(['s', 'ms', 'bytes', 'connections', 'messages', 'bytes/s', 'count', 'status']),
});

const head = z.strictObject({
  start: z.string().describe('The request line or status line'),
  fields: z.array(z.tuple([z.string(), z.string()])).describe('In the order and the case of the wire; secrets masked'),
});

const frame = z.strictObject({
  side: z.enum(['client', 'origin']).describe('Whose end of the proxy'),
  way: z.enum(['sent', 'received']),
  opcode: z.string().describe('text, binary, continuation, close, ping, pong, or a number'),
  fin: z.boolean(),
  rsv: z.int().min(0).max(7),
  masked: z.boolean(),
  length: count.describe('Bytes of the payload'),
  preview: z.string().describe('The beginning of the payload, as text or as hex'),
});

const ending = z.strictObject({
  how: z.enum(['fin', 'rst']),
  detail: z.string().optional(),
});

const sample = z.strictObject({
  length: count.describe('Bytes'),
  preview: z.string().describe('The beginning, as text or as hex'),
});

const evidence = z.strictObject({
  foreign: z.literal(true).optional().describe('The far end is not our origin: its views are not known, not empty'),
  sent: head.nullable().describe('View 1: what the client sent'),
  originSaw: head.nullable().describe('View 2: what arrived at the origin; null: it never arrived'),
  originReplied: head.nullable().describe('View 3: what the origin answered; null: it did not'),
  clientSaw: head.nullable().describe('View 4: what the client got; null: no response head'),
  stamped: z.boolean().describe('The answer at the client is the origin’s; else the proxy answered by itself'),
  arrivals: count.describe('How often the request arrived at the origin'),
  upstream: z.string().optional().describe('As which upstream of the configuration the origin was asked (--origin-as)'),
  frames: z
    .array(frame)
    .describe('The first and last frames: per side and direction in their order; run.cells has their times'),
  clientBody: sample.optional().describe('The body of an answer that the proxy made by itself'),
  clientBytes: sample.optional().describe('What came to the client in place of a response head'),
  clientViolation: z.string().optional().describe('The rule of RFC 6455 that was broken in what came to the client'),
  originViolation: z.string().optional().describe('The rule of RFC 6455 that was broken in what came to the origin'),
  clientEnding: ending.optional().describe('How the connection ended at the client'),
  originEnding: ending.optional().describe('How it ended at the origin'),
});

const fix = z.strictObject({
  text: z.string(),
  config: z.string().optional().describe('Lines for the proxy’s configuration'),
  docs: z.string().optional(),
});

const cell = z.strictObject({
  target: z.string(),
  probe: z.string(),
  verdict,
  summary: z.string().describe('One sentence: what holds, what is wrong, or why it was not run'),
  symptom: z.string().optional().describe('The named cause'),
  cause: z.string().optional().describe('The cause in a sentence, with the names and values of this case'),
  fix: fix.optional(),
  hops: z
    .array(
      z.strictObject({
        chain: z.string(),
        verdict: z.enum(['pass', 'fail', 'error']),
        symptom: z.string().optional(),
      }),
    )
    .optional()
    .describe(
      'In a chain: how the probe goes at each of its proxies alone, and where that does not tell, at shorter chains',
    ),
  guilty: z
    .array(z.string())
    .optional()
    .describe('In a chain: the proxies that it is down to; several that each do well alone do it together'),
  expected: z.string().optional(),
  actual: z.string().optional(),
  measured: z.array(measurement).optional(),
  known: z.boolean().describe('This outcome is in the target’s list of expected ones, or in the baseline'),
  change: z
    .enum(['new', 'fixed'])
    .optional()
    .describe('It differs from what is expected: a new failure, or one that is gone'),
  because: z.string().optional().describe('Why it is expected'),
  flaky: z.boolean().describe('Tries did not agree'),
  evidence: evidence.optional(),
  reproduce: z.string().optional().describe('The command that runs this cell alone'),
});

const target = z.strictObject({
  id: z.string(),
  proxy: z.string(),
  version: z.string().optional().describe('Of what really ran'),
  variant: z.string(),
  transport: z.enum(['ws', 'wss', 'h2', 'h3']),
  image: z.string().optional(),
  digest: z.string().optional(),
  config: z.array(z.strictObject({ path: z.string(), text: z.string() })),
  loadBalancers: z
    .array(
      z.strictObject({
        title: z.string(),
        sign: z.string().describe('The field of an answer that told of it'),
        page: z.string().describe('Where its limits are told'),
      }),
    )
    .optional()
    .describe('What the answers of an address have come through, as far as they tell'),
  notes: z.array(z.string()).optional().describe('What to know of how it was run, in sentences'),
  failure: z.string().optional().describe('Why the target could not be probed, or not to the end'),
});

const probe = z.strictObject({
  id: z.string(),
  title: z.string(),
  failure: z.string(),
  level: z.enum(['must', 'should', 'info']),
  spec: z.array(z.strictObject({ ref: z.string(), url: z.string() })),
  why: z.string(),
});

const oneRun = {
  startedAt: z.string().describe('ISO 8601'),
  durationMs: z.number(),
  seed: z.int(),
  status: z
    .enum(['complete', 'partial'])
    .describe('partial: the run was stopped before its end, or a shard is missing'),
  command: z.string(),
  host: z.strictObject({ node: z.string(), platform: z.string() }),
  shard: z
    .strictObject({ index: z.int().min(1), count: z.int().min(1) })
    .optional()
    .describe('Which part of the plan it was (--shard 2/4)'),
};

const trial = z.strictObject({
  durationMs: z.number(),
  attempts: count,
  timeline: z.array(z.number()).optional().describe('ms since the request, for each of the cell’s frames'),
});

const run = z.strictObject({
  ...oneRun,
  parts: z.array(z.strictObject(oneRun)).optional().describe('The runs that a merged report was made of'),
  notes: z
    .array(z.string())
    .optional()
    .describe('Sentences about the whole: shards that are missing, a stale baseline'),
  cells: z.record(z.string(), trial),
  logs: z.record(z.string(), z.string()).describe('The last lines of each proxy’s log, where something was wrong'),
});

/** The report document. Everything but `run` is stable: two runs of the same thing differ under `run` alone. */
export const reportSchema = z.strictObject({
  $schema: z.string().optional(),
  schemaVersion: z.literal(SCHEMA_VERSION),
  tool: z.strictObject({ name: z.literal('wsproof'), version: z.string() }),
  targets: z.array(target),
  probes: z.array(probe),
  cells: z.array(cell),
  summary: z.strictObject(Object.fromEntries(VERDICTS.map((name) => [name, count])) as Record<Verdict, typeof count>),
  run,
});

/**
 * A line of the stream of a run: the document without a cell first, then what is learned, as it is learned, and how the
 * run ended last. What comes later about the same cell or target takes the place of what came before.
 */
export const streamEntrySchema = z
  .union([
    z.strictObject({ begin: reportSchema }),
    z.strictObject({ target }),
    z.strictObject({ cell, trial: trial.optional() }),
    z.strictObject({ log: z.strictObject({ target: z.string(), text: z.string() }) }),
    z.strictObject({ end: z.strictObject({ status: oneRun.status, durationMs: z.number() }) }),
  ])
  .meta({ title: 'A line of results.ndjson', description: 'What a run learned, as it learned it (--stream).' });

export type StreamEntry = z.infer<typeof streamEntrySchema>;
export type Verdict = (typeof VERDICTS)[number];
export type Report = z.infer<typeof reportSchema>;
export type Cell = Report['cells'][number];
export type CellEvidence = NonNullable<Cell['evidence']>;
export type ReportedHead = z.infer<typeof head>;
export type ReportedFrame = z.infer<typeof frame>;
export type ReportedTarget = Report['targets'][number];
export type ReportedProbe = Report['probes'][number];

/** The key of a cell in `run.cells`. */
export const cellKey = ({ target, probe }: Pick<Cell, 'target' | 'probe'>): string => `${target} ${probe}`;

/** Whether a requirement does not hold, be it known or not. */
export function isBroken({ verdict }: Pick<Cell, 'verdict'>): boolean {
  return verdict === 'fail' || verdict === 'warn';
}

/** Verdicts of cells that nothing was tried for. */
export const UNTRIED: ReadonlySet<Verdict> = new Set(['skip', 'blocked', 'unsupported']);

/** A cell that the run did not come to. */
export function unreached(target: string, probe: string): Cell {
  return { target, probe, verdict: 'skip', summary: 'the run was stopped before it', known: false, flaky: false };
}

/** The number of cells by verdict. */
export function summarize(cells: readonly Cell[]): Report['summary'] {
  const summary = Object.fromEntries(VERDICTS.map((name) => [name, 0])) as Report['summary'];
  for (const { verdict } of cells) summary[verdict]++;
  return summary;
}
