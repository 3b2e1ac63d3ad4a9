import { z } from 'zod';

const message = z.strictObject({ text: z.string() });
const uriReference = z.string().regex(/^[\w.~:/?#[\]@!$&'()*+,;=%-]+$/);

const result = z.strictObject({
  ruleId: z.string().min(1),
  ruleIndex: z.int().min(0),
  level: z.enum(['none', 'note', 'warning', 'error']),
  message,
  locations: z
    .array(
      z.strictObject({
        physicalLocation: z.strictObject({
          artifactLocation: z.strictObject({ uri: uriReference }),
          region: z.strictObject({ startLine: z.int().min(1) }),
        }),
        logicalLocations: z.array(z.strictObject({ name: z.string(), kind: z.string() })),
      }),
    )
    .length(1),
  partialFingerprints: z.record(z.string(), z.string()),
  suppressions: z
    .array(z.strictObject({ kind: z.literal('external'), justification: z.string().optional() }))
    .optional(),
  properties: z.record(z.string(), z.string()).optional(),
});

const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: z.url().optional(),
  defaultConfiguration: z.strictObject({ level: z.enum(['none', 'note', 'warning', 'error']) }),
  properties: z.strictObject({ tags: z.array(z.string()) }),
});

/**
 * The part of SARIF 2.1.0 that we use, with what it requires (§3.13, §3.14, §3.19, §3.27, §3.49) and what code scanning
 * asks for on top: a rule and a file for each result. The types of the whole format are checked by the compiler.
 */
export const sarifLog = z
  .strictObject({
    $schema: z.url(),
    version: z.literal('2.1.0'),
    runs: z.tuple([
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({ name: z.string().min(1), version: z.string(), rules: z.array(rule) }),
        }),
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        invocations: z.tuple([
          z.strictObject({
            executionSuccessful: z.boolean(),
            startTimeUtc: z.iso.datetime(),
            endTimeUtc: z.iso.datetime(),
            toolExecutionNotifications: z.array(z.strictObject({ level: z.string(), message })),
          }),
        ]),
        results: z.array(result),
      }),
    ]),
  })
  .refine(
    ({ runs: [run] }) => run.results.every(({ ruleId, ruleIndex }) => run.tool.driver.rules[ruleIndex]?.id === ruleId),
    {
      message: 'ruleIndex leads to another rule than ruleId (§3.27.6)',
    },
  );
