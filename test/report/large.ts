import {
  type Cell,
  type Report,
  type ReportedProbe,
  type ReportedTarget,
  summarize,
} from '../../src/report/document.ts';
import { sample } from './sample.ts';

const GROUPS = [
  'handshake',
  'headers',
  'rejection',
  'messages',
  'control',
  'close',
  'lifetime',
  'load',
  'limits',
  'security',
];
const PROXIES = ['nginx', 'haproxy', 'caddy', 'apache', 'envoy', 'traefik', 'varnish', 'lighttpd', 'h2o', 'http-proxy'];
const VARIANTS = ['websocket', 'naive', 'http10-upstream', 'short-timeout'];
const TRANSPORTS = ['ws', 'wss', 'h2'] as const;

/** A number from 0 to 1 that is the same for the same two numbers, and looks like chance. */
function chance(a: number, b: number): number {
  const x = Math.sin(a * 12.9898 + b * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

function probeAt(i: number, count: number): ReportedProbe {
  const group = GROUPS[Math.floor((i * GROUPS.length) / count)]!;
  return {
    id: `${group}/requirement-${i}`,
    title: `Requirement ${i} of ${group} holds from one end to the other`,
    failure: `Requirement ${i} of ${group} is broken on the way`,
    level: i % 12 === 11 ? 'info' : i % 5 === 4 ? 'should' : 'must',
    spec: [{ ref: 'rfc6455#section-5.5', url: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-5.5' }],
    why: 'Applications rely on it.',
  };
}

function targetAt(i: number): ReportedTarget {
  const proxy = PROXIES[i % PROXIES.length]!;
  const version = `1.${10 + Math.floor(i / 40)}.${i % 7}`;
  const variant = VARIANTS[Math.floor(i / PROXIES.length) % VARIANTS.length]!;
  const transport = TRANSPORTS[i % 3]!;
  const id = `${proxy}@${version}:${variant}/${transport}`;
  return {
    id: `${id}${i >= 120 ? `#${i}` : ''}`,
    proxy,
    version,
    variant,
    transport,
    image: `${proxy}:${version}`,
    config: [{ path: `fixtures/${proxy}/${variant}.conf`, text: 'listen 8080;\nupstream origin:9000;\n'.repeat(20) }],
  };
}

function cellAt(t: number, p: number, target: ReportedTarget, probe: ReportedProbe, finding: Cell): Cell {
  const common = { target: target.id, probe: probe.id, known: false, flaky: false };
  const luck = chance(t + 1, p + 1);
  const says = { ...common, summary: probe.title };
  if (probe.level === 'info') {
    const values = [60, 60, 60, 300, 600, 3600];
    return {
      ...says,
      verdict: 'info',
      measured: [{ name: 'idleCutAfter', value: values[Math.floor(luck * values.length)]!, unit: 's' }],
    };
  }
  if (luck < 0.05) {
    const { evidence, fix, symptom, cause, expected, actual } = finding;
    const detail = { evidence, fix, symptom, cause, expected, actual } as Partial<Cell>;
    const verdict = probe.level === 'must' ? 'fail' : 'warn';
    const known = luck < 0.01;
    return {
      ...common,
      ...detail,
      verdict,
      known,
      summary: probe.failure,
      ...(known ? { because: 'measured before' } : {}),
    };
  }
  if (luck < 0.07) return { ...common, verdict: 'blocked', summary: 'it needs handshake/requirement-0, which failed' };
  if (luck < 0.08)
    return { ...common, verdict: 'skip', summary: `it is about h2; this target is reached over ${target.transport}` };
  return { ...says, verdict: 'pass' };
}

/** A document of so many targets and probes, one cell in twenty of which is a finding with all of its evidence. */
export function large(targetCount: number, probeCount: number): Report {
  const base = sample();
  const finding = base.cells.find(
    ({ target, verdict }) => target === 'nginx@1.22:websocket/wss' && verdict === 'fail',
  )!;
  const targets = Array.from({ length: targetCount }, (_, i) => targetAt(i));
  const probes = Array.from({ length: probeCount }, (_, i) => probeAt(i, probeCount));
  const cells = targets.flatMap((target, t) => probes.map((probe, p) => cellAt(t, p, target, probe, finding)));
  return {
    ...base,
    targets,
    probes,
    cells,
    summary: summarize(cells),
    run: {
      ...base.run,
      notes: [],
      cells: Object.fromEntries(
        cells.map(({ target, probe }, i) => [`${target} ${probe}`, { durationMs: i % 97, attempts: 1 }]),
      ),
      logs: Object.fromEntries(targets.map(({ id }) => [id, 'GET / 101\n'.repeat(50)])),
    },
  };
}

/** Every `count`th target of a document, as the report of one shard. */
export function shardOf(whole: Report, index: number, count: number): Report {
  const targets = whole.targets.filter((_, i) => i % count === index - 1);
  const ids = new Set(targets.map(({ id }) => id));
  const cells = whole.cells.filter(({ target }) => ids.has(target));
  const keys = new Set(cells.map(({ target, probe }) => `${target} ${probe}`));
  const some = <T>(record: Record<string, T>, has: (key: string) => boolean): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([key]) => has(key)));
  return {
    ...whole,
    targets,
    cells,
    summary: summarize(cells),
    run: {
      ...whole.run,
      shard: { index, count },
      cells: some(whole.run.cells, (key) => keys.has(key)),
      logs: some(whole.run.logs, (id) => ids.has(id)),
    },
  };
}
