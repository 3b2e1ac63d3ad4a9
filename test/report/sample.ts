import {
  type Cell,
  type CellEvidence,
  type Report,
  type ReportedFrame,
  type ReportedHead,
  type ReportedProbe,
  type ReportedTarget,
  SCHEMA_VERSION,
  summarize,
} from '../../src/report/document.ts';

const rfc = (number: number, section: string) => ({
  ref: `rfc${number}#section-${section}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}.html#section-${section}`,
});

const PROBES: readonly ReportedProbe[] = [
  {
    id: 'handshake/upgrade',
    title: 'A WebSocket handshake reaches the origin, and its 101 reaches the client',
    failure: 'A WebSocket handshake does not get through',
    level: 'must',
    spec: [rfc(6455, '4.1'), rfc(9110, '7.8')],
    why: 'Without it there is no WebSocket at all: browsers report code 1006 and nothing more.',
  },
  {
    id: 'handshake/early-data',
    title: 'A frame right behind the handshake arrives',
    failure: 'A frame right behind the handshake is lost',
    level: 'info',
    spec: [rfc(6455, '4.1')],
    why: 'Some clients do not wait for the 101.',
  },
  {
    id: 'headers/subprotocol',
    title: 'The offered subprotocols reach the origin, and its choice the client',
    failure: 'The subprotocol gets lost',
    level: 'must',
    spec: [rfc(6455, '11.3.4')],
    why: 'Clients that offered one fail the connection when none comes back.',
  },
  {
    id: 'headers/forwarded',
    title: 'The origin can tell the client’s address',
    failure: 'The origin cannot tell the client’s address',
    level: 'should',
    spec: [rfc(7239, '5.2')],
    why: 'Without it every user has the address of the proxy in logs and rate limits.',
  },
  {
    id: 'messages/large',
    title: 'A message of 1 MiB arrives unchanged',
    failure: 'A message of 1 MiB does not arrive unchanged',
    level: 'must',
    spec: [rfc(6455, '5.4')],
    why: 'Uploads and snapshots are this large.',
  },
  {
    id: 'close/code',
    title: 'Close codes and reasons pass in both directions',
    failure: 'A close code is lost or changed',
    level: 'must',
    spec: [rfc(6455, '7.4')],
    why: 'An application decides by the code whether to reconnect.',
  },
  {
    id: 'lifetime/idle-limit',
    title: 'How long a silent connection lives',
    failure: 'A silent connection is cut',
    level: 'info',
    spec: [rfc(6455, '5.5.2')],
    why: 'Pings must come more often than this.',
  },
  {
    id: 'limits/request-head',
    title: 'How large a handshake may be',
    failure: 'A large handshake is refused',
    level: 'info',
    spec: [rfc(9110, '5.4')],
    why: 'Cookies and tokens make a handshake grow with time.',
  },
  {
    id: 'load/latency',
    title: 'What the proxy adds to a round trip',
    failure: 'The proxy slows messages down',
    level: 'info',
    spec: [],
    why: 'What is interactive feels every millisecond.',
  },
  {
    id: 'transports/h2-connect',
    title: 'A WebSocket opens over HTTP/2',
    failure: 'A WebSocket over HTTP/2 does not open',
    level: 'must',
    spec: [rfc(8441, '5')],
    why: 'Browsers use HTTP/2 as soon as the server offers it.',
  },
];

const TARGETS: readonly ReportedTarget[] = [
  {
    id: 'nginx@1.30:websocket/ws',
    proxy: 'nginx',
    version: '1.30.6',
    variant: 'websocket',
    transport: 'ws',
    image: 'nginx:1.30',
    digest: `sha256:${'3c'.repeat(32)}`,
    config: [
      {
        path: 'fixtures/nginx/websocket.conf',
        text: 'server {\n  listen 8080;\n  location / {\n    proxy_pass http://origin:9000;\n  }\n}\n',
      },
    ],
  },
  {
    id: 'nginx@1.30:naive/ws',
    proxy: 'nginx',
    version: '1.30.6',
    variant: 'naive',
    transport: 'ws',
    image: 'nginx:1.30',
    config: [{ path: 'fixtures/nginx/naive.conf', text: 'server { listen 8080; }\n' }],
  },
  {
    id: 'nginx@1.22:websocket/wss',
    proxy: 'nginx',
    version: '1.22.1',
    variant: 'websocket',
    transport: 'wss',
    image: 'nginx:1.22',
    config: [{ path: 'fixtures/nginx/websocket.conf', text: 'server { listen 8443 ssl; }\n' }],
  },
  {
    id: 'haproxy@3.2:websocket/h2',
    proxy: 'haproxy',
    version: '3.2.26',
    variant: 'websocket',
    transport: 'h2',
    image: 'haproxy:3.2',
    config: [{ path: 'fixtures/haproxy/websocket.cfg', text: 'frontend in\n  bind :8443 ssl alpn h2\n' }],
  },
  {
    id: 'http-proxy:websocket/ws',
    proxy: 'http-proxy',
    version: '1.18.1',
    variant: 'websocket',
    transport: 'ws',
    config: [],
  },
  {
    id: 'envoy@1.36:naive/ws',
    proxy: 'envoy',
    version: '1.36',
    variant: 'naive',
    transport: 'ws',
    image: 'envoyproxy/envoy:v1.36',
    config: [{ path: 'fixtures/envoy/naive.yaml', text: 'static_resources: {}\n' }],
    failure: 'The image envoyproxy/envoy:v1.36 is not here and cannot be pulled: no route to the registry.',
  },
];

const request = (fields: [string, string][], version = 'HTTP/1.1'): ReportedHead => ({
  start: `GET /?nonce=NONCE ${version}`,
  fields,
});

const HANDSHAKE: [string, string][] = [
  ['Host', 'PROXY'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
  ['Authorization', 'Bearer <masked A, 24 bytes>'],
  ['X-Wsproof-Nonce', 'NONCE'],
];

const DROPPED: CellEvidence = {
  sent: request(HANDSHAKE),
  originSaw: request([
    ['Host', 'origin:9000'],
    ['Connection', 'close'],
    ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Version', '13'],
    ['Authorization', 'Bearer <masked A, 24 bytes>'],
    ['X-Wsproof-Nonce', 'NONCE'],
    ['X-Forwarded-For', '127.0.0.1'],
  ]),
  originReplied: {
    start: 'HTTP/1.1 426 Upgrade Required',
    fields: [
      ['Content-Type', 'application/json'],
      ['Content-Length', '312'],
      ['X-Wsproof-Origin', 'STAMP'],
    ],
  },
  clientSaw: {
    start: 'HTTP/1.1 426 Upgrade Required',
    fields: [
      ['Server', 'nginx/1.30.6'],
      ['Date', '<date>'],
      ['Content-Type', 'application/json'],
      ['Content-Length', '312'],
      ['X-Wsproof-Origin', 'STAMP'],
    ],
  },
  stamped: true,
  arrivals: 1,
  frames: [],
  clientEnding: { how: 'fin' },
  originEnding: { how: 'fin' },
};

const frame = (
  side: 'client' | 'origin',
  way: 'sent' | 'received',
  opcode: string,
  preview: string,
): ReportedFrame => ({
  side,
  way,
  opcode,
  fin: true,
  rsv: 0,
  masked: (side === 'client') === (way === 'sent'),
  length: preview.length,
  preview,
});

const CUT: CellEvidence = {
  sent: request(HANDSHAKE),
  originSaw: request(HANDSHAKE),
  originReplied: { start: 'HTTP/1.1 101 Switching Protocols', fields: [['Upgrade', 'websocket']] },
  clientSaw: { start: 'HTTP/1.1 101 Switching Protocols', fields: [['Upgrade', 'websocket']] },
  stamped: true,
  arrivals: 1,
  frames: [
    frame('client', 'sent', 'text', 'hello'),
    frame('client', 'received', 'text', 'hello'),
    frame('client', 'received', 'close', '1011 upstream error'),
    frame('origin', 'sent', 'text', 'hello'),
    frame('origin', 'sent', 'close', '4404 gone'),
    frame('origin', 'received', 'text', 'hello'),
  ],
  clientEnding: { how: 'fin' },
  originEnding: { how: 'rst', detail: 'ECONNRESET' },
};

/** The times of {@link CUT}'s frames. */
const CUT_TIMELINE = [1.2, 3.4, 14.1, 2.9, 12.8, 2.1];

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
    'lifetime/idle-limit': { verdict: 'info', measured: [{ name: 'idleCutAfter', value: 60, unit: 's' }] },
    'limits/request-head': { verdict: 'info', measured: [{ name: 'headLimit', value: 8192, unit: 'bytes' }] },
    'load/latency': {
      verdict: 'info',
      measured: [
        { name: 'roundTrip', value: 0.4, unit: 'ms' },
        { name: 'roundTripDirect', value: 0.1, unit: 'ms' },
      ],
    },
    'transports/h2-connect': { verdict: 'skip', summary: 'it is about h2; this target is reached over ws' },
  },
  'nginx@1.30:naive/ws': {
    'handshake/upgrade': { ...DROPPED_FINDING, known: true, because: 'a plain proxy_pass, as newcomers write it' },
    ...Object.fromEntries(
      PROBES.slice(1).map(({ id }) => [
        id,
        { verdict: 'blocked', summary: 'it needs handshake/upgrade, which failed' } as const,
      ]),
    ),
  },
  'nginx@1.22:websocket/wss': {
    'handshake/upgrade': { ...DROPPED_FINDING, change: 'new' },
    ...Object.fromEntries(
      PROBES.slice(1).map(({ id }) => [
        id,
        { verdict: 'blocked', summary: 'it needs handshake/upgrade, which failed' } as const,
      ]),
    ),
  },
  'haproxy@3.2:websocket/h2': {
    'handshake/early-data': { verdict: 'unsupported', summary: 'the target declares that it refuses early data' },
    'headers/subprotocol': { verdict: 'pass', change: 'fixed' },
    'lifetime/idle-limit': { verdict: 'info', measured: [{ name: 'idleCutAfter', value: 3600, unit: 's' }] },
    'limits/request-head': { verdict: 'info', measured: [{ name: 'headLimit', value: 15360, unit: 'bytes' }] },
    'load/latency': {
      verdict: 'info',
      measured: [
        { name: 'roundTrip', value: 0.3, unit: 'ms' },
        { name: 'roundTripDirect', value: 0.1, unit: 'ms' },
      ],
    },
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
    'lifetime/idle-limit': { verdict: 'info', measured: [{ name: 'idleCutAfter', value: 0.5, unit: 's' }] },
    'limits/request-head': { verdict: 'info', measured: [{ name: 'headLimit', value: 16384, unit: 'bytes' }] },
    'load/latency': {
      verdict: 'info',
      measured: [
        { name: 'roundTrip', value: 0.9, unit: 'ms' },
        { name: 'roundTripDirect', value: 0.1, unit: 'ms' },
      ],
    },
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
