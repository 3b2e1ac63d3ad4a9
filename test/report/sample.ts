import {
  type Cell,
  type Report,
  type ReportedProbe,
  type ReportedTarget,
  SCHEMA_VERSION,
  summarize,
} from '../../src/report/document.ts';
import { PROBES, TARGETS } from './sample-catalog.ts';
import { CUT, CUT_TIMELINE, DROPPED } from './sample-evidence.ts';

const DROPPED_FINDING = {
  verdict: 'fail',
  summary: 'A WebSocket handshake does not get through',
  symptom: 'upgrade-headers-dropped',
  cause: 'The proxy drops Upgrade and Connection, so the origin gets a plain request over HTTP/1.1.',
  fix: {
    text: 'nginx drops hop-by-hop headers unless told to pass them on.',
    config:
      'proxy_http_version 1.1;\nproxy_set_header Upgrade    $http_upgrade;\nproxy_set_header Connection $connection_upgrade;\n',
    docs: 'https://nginx.org/en/docs/http/websocket.html',
  },
  expected: '101 Switching Protocols',
  actual: '426 Upgrade Required came',
  evidence: DROPPED,
} as const satisfies Partial<Cell>;

type Said = Partial<Cell> & Pick<Cell, 'verdict'>;

/** Of all probes but the first, which did not hold. */
const BLOCKED: Readonly<Record<string, Said>> = Object.fromEntries(
  PROBES.slice(1).map(({ id }) => [id, { verdict: 'blocked', summary: 'it needs handshake/upgrade, which failed' }]),
);

/** What the measuring probes found: s, bytes, ms. */
const measured = (idleCutAfter: number, headLimit: number, roundTrip: number): Readonly<Record<string, Said>> => ({
  'lifetime/idle-limit': { verdict: 'info', measured: [{ name: 'idleCutAfter', value: idleCutAfter, unit: 's' }] },
  'limits/request-head': { verdict: 'info', measured: [{ name: 'headLimit', value: headLimit, unit: 'bytes' }] },
  'load/latency': {
    verdict: 'info',
    measured: [
      { name: 'roundTrip', value: roundTrip, unit: 'ms' },
      { name: 'roundTripDirect', value: 0.1, unit: 'ms' },
    ],
  },
});

/** What is said of the cells that are not simply green, by target and probe. */
const SAID: Readonly<Record<string, Readonly<Record<string, Said>>>> = {
  'nginx@1.30:websocket/ws': {
    'headers/forwarded': {
      verdict: 'warn',
      summary: 'The origin cannot tell the client’s address',
      cause: 'Neither X-Forwarded-For nor Forwarded is among the fields at the origin.',
      fix: {
        text: 'Add the address of the client.',
        config: 'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n',
      },
      expected: 'X-Forwarded-For at the origin: to be there',
      actual: 'it is nothing',
      change: 'new',
    },
    ...measured(60, 8192, 0.4),
    'transports/h2-connect': { verdict: 'skip', summary: 'it is about h2; this target is reached over ws' },
  },
  'nginx@1.30:naive/ws': {
    'handshake/upgrade': { ...DROPPED_FINDING, known: true, because: 'a plain proxy_pass, as newcomers write it' },
    ...BLOCKED,
  },
  'nginx@1.22:websocket/wss': {
    'handshake/upgrade': { ...DROPPED_FINDING, change: 'new' },
    ...BLOCKED,
  },
  'haproxy@3.2:websocket/h2': {
    'handshake/early-data': { verdict: 'unsupported', summary: 'the target declares that it refuses early data' },
    'headers/subprotocol': { verdict: 'pass', change: 'fixed' },
    ...measured(3600, 15360, 0.3),
  },
  'http-proxy:websocket/ws': {
    'close/code': {
      verdict: 'fail',
      summary: 'A close code is lost or changed',
      symptom: 'close-code-rewritten',
      cause: 'The origin closed with 4404, the client got 1011.',
      fix: { text: 'No setting is known; report it to the project.' },
      expected: 'the close code at the client: 4404',
      actual: 'it is 1011',
      evidence: CUT,
      change: 'new',
    },
    'messages/large': { verdict: 'error', summary: 'inconclusive: it held 1 times of 2', flaky: true },
    ...measured(0.5, 16384, 0.9),
    'transports/h2-connect': { verdict: 'skip', summary: 'it is about h2; this target is reached over ws' },
  },
  'envoy@1.36:naive/ws': Object.fromEntries(
    PROBES.map(({ id }) => [
      id,
      { verdict: 'error', summary: `the target could not be probed: ${TARGETS[5]!.failure}` } as const,
    ]),
  ),
};

function cellOf({ id }: ReportedTarget, { id: probe, title, level }: ReportedProbe): Cell {
  const said = SAID[id]?.[probe];
  const verdict = said?.verdict ?? (level === 'info' ? 'info' : 'pass');
  const finding = verdict === 'fail' || verdict === 'warn';
  const reproduce = `wsproof probe ${id} --probe ${probe} --trace`;
  return {
    target: id,
    probe,
    summary: title,
    known: false,
    flaky: false,
    ...(finding ? { reproduce } : {}),
    ...said,
    verdict,
  };
}

/** A document as a run leaves it: each verdict, a finding with its four views, one with frames, what is known, new and fixed. */
export function sample(): Report {
  const cells = TARGETS.flatMap((target) => PROBES.map((probe) => cellOf(target, probe)));
  const lost = TARGETS.filter(({ failure }) => failure !== undefined).map(({ id }) => id);
  const tried = cells.filter(
    ({ verdict, target }) => !['skip', 'blocked', 'unsupported'].includes(verdict) && !lost.includes(target),
  );
  const report: Report = {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: 'wsproof', version: '0.1.0' },
    targets: [...TARGETS],
    probes: [...PROBES],
    cells,
    summary: summarize(cells),
    run: {
      startedAt: '2026-11-22T10:00:00.000Z',
      durationMs: 12_345,
      seed: 1,
      status: 'complete',
      command: 'wsproof matrix',
      host: { node: 'v20.20.2', platform: 'linux-x64' },
      notes: ['The baseline entry for caddy:* close/code matches nothing.'],
      cells: Object.fromEntries(
        tried.map(({ target, probe, evidence }, i) => [
          `${target} ${probe}`,
          {
            durationMs: 5 + (i % 7) * 13,
            attempts: 1 + (i % 2),
            ...(evidence === CUT ? { timeline: CUT_TIMELINE } : {}),
          },
        ]),
      ),
      logs: {
        'nginx@1.22:websocket/wss':
          '127.0.0.1 - "GET /?nonce=NONCE HTTP/1.1" 426 312\n127.0.0.1 - "GET /?nonce=NONCE HTTP/1.1" 426 312\n',
      },
    },
  };
  return structuredClone(report);
}
