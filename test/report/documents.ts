import { type Cell, type Report, reportSchema, summarize } from '../../src/report/document.ts';

const TARGET = 'proxy:websocket/ws';

/** A cell that passes, but for what is said. */
export function makeCell(fields: Partial<Cell> = {}): Cell {
  return {
    target: TARGET,
    probe: 'handshake/upgrade',
    verdict: 'pass',
    summary: 'A WebSocket handshake reaches the origin',
    known: false,
    flaky: false,
    ...fields,
  };
}

/** A valid report with these cells; targets and probes are those that the cells name. */
export function makeReport(fields: Partial<Report> & Pick<Report, 'cells'>): Report {
  const { cells } = fields;
  const unique = (ids: string[]): string[] => [...new Set(ids)];
  return reportSchema.parse({
    schemaVersion: 1,
    tool: { name: 'wsproof', version: '0.0.0' },
    targets: unique(cells.length > 0 ? cells.map(({ target }) => target) : [TARGET]).map((id) => {
      const [, proxy, variant, transport] = /^(.+?):(.+)\/(.+)$/.exec(id) ?? [];
      return { id, proxy, variant, transport, config: [] };
    }),
    probes: unique(cells.map(({ probe }) => probe)).map((id) => ({
      id,
      title: 'It holds',
      failure: 'It does not hold',
      level: 'must',
      spec: [{ ref: 'rfc6455#section-4.1', url: 'https://www.rfc-editor.org/rfc/rfc6455.html#section-4.1' }],
      why: 'Because.',
    })),
    summary: summarize(cells),
    run: {
      startedAt: '2026-01-02T03:04:05.678Z',
      durationMs: 2345,
      seed: 1,
      status: 'complete',
      command: 'wsproof probe',
      host: { node: 'v20.19.0', platform: 'linux-x64' },
      cells: {},
      logs: {},
    },
    ...fields,
  });
}
