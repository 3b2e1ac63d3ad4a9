import { createHash } from 'node:crypto';
import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { blameLine } from './blame.ts';
import { type Cell, cellKey, isBroken, type Report, type ReportedProbe, type ReportedTarget } from './document.ts';
import { inert, inertLine, sarif as message, webAddress } from './escape.ts';
import { troubles } from './findings.ts';
import { groupOf } from './matrix.ts';
import { notesOf } from './shards.ts';

const LEVELS = { must: 'error', should: 'warning', info: 'note' } as const;

/** Where a target without a configuration of its own is named: code scanning shows no result without a file. */
const CONFIG_OF_RUN = 'wsproof.config.yaml';

/** A path as a URI reference (RFC 3986): what is absolute keeps its root. */
function uriOf(path: string): string {
  const uri = inertLine(path).replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return uri.startsWith('/') ? `file://${uri}` : uri;
}

function rule({ id, title, level, why, spec }: ReportedProbe): ReportingDescriptor {
  const help = spec.map(({ url }) => webAddress(url)).find((url) => url !== undefined);
  return {
    id: inertLine(id),
    shortDescription: { text: message(title) },
    fullDescription: { text: message(why) },
    help: { text: message(why) },
    ...(help === undefined ? {} : { helpUri: help }),
    defaultConfiguration: { level: LEVELS[level] },
    properties: { tags: [inertLine(groupOf(id))] },
  };
}

function location(target: ReportedTarget): NonNullable<Result['locations']>[number] {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(target.config[0]?.path || CONFIG_OF_RUN) },
      region: { startLine: 1 },
    },
    logicalLocations: [{ name: inertLine(target.id), kind: 'module' }],
  };
}

function result(cell: Cell, target: ReportedTarget, ruleIndex: number): Result {
  const { probe, verdict, summary, cause, expected, actual, fix, known, because, reproduce } = cell;
  const blame = blameLine(cell);
  const says = [
    `${cell.target}: ${summary}.`,
    cause,
    blame && `Hop: ${blame}.`,
    expected && `Expected: ${expected}.`,
    actual && `Actual: ${actual}.`,
  ];
  const text = [...says, fix?.text].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const properties = { config: fix?.config, docs: fix?.docs, reproduce };
  const given = Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ruleId: inertLine(probe),
    ruleIndex,
    level: verdict === 'fail' ? 'error' : 'warning',
    message: { text: message(text) },
    locations: [location(target)],
    // The cell, not what it says: a finding stays the same one when its wording changes.
    partialFingerprints: { 'wsproofCell/v1': createHash('sha256').update(cellKey(cell)).digest('hex') },
    ...(known
      ? { suppressions: [{ kind: 'external', ...(because === undefined ? {} : { justification: inert(because) }) }] }
      : {}),
    ...(given.length > 0 ? { properties: Object.fromEntries(given.map(([name, value]) => [name, inert(value)])) } : {}),
  };
}

function notifications(report: Report): Notification[] {
  const { targets, cells } = troubles(report);
  return [
    ...notesOf(report),
    ...targets.map(({ id, failure }) => `${id} could not be probed: ${failure}`),
    ...cells.map(({ target, probe, summary }) => `${target}, ${probe}: ${summary}`),
  ].map((text) => ({ level: 'error', message: { text: message(text) } }));
}

/** SARIF 2.1.0, for code scanning: a rule for each probe, a result for each finding, at the target's configuration. */
export function sarif(report: Report): string {
  const { targets, probes, cells, run, tool } = report;
  const byId = new Map(targets.map((target) => [target.id, target]));
  const ruleIndex = new Map(probes.map(({ id }, i) => [id, i]));
  const results = cells.filter(isBroken).flatMap((cell) => {
    const target = byId.get(cell.target);
    const index = ruleIndex.get(cell.probe);
    return target === undefined || index === undefined ? [] : [result(cell, target, index)];
  });
  const start = Date.parse(run.startedAt) || 0;
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'wsproof', version: inertLine(tool.version), rules: probes.map(rule) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: run.status === 'complete',
            startTimeUtc: new Date(start).toISOString(),
            endTimeUtc: new Date(start + run.durationMs).toISOString(),
            toolExecutionNotifications: notifications(report),
          },
        ],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
