import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { expandTargets } from '../../src/cli/expand.ts';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { listProxies } from '../../src/proxies/summary.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';

/** A relay of bytes; the naive variant takes out the lines that a hop-by-hop field is told by. */
const MODULE = `
  import { connect, createServer } from 'node:net';
  export default {
    name: 'brand-new',
    async start({ origin, variant }) {
      const server = createServer((client) => {
        const upstream = connect(origin.port, origin.host);
        client.on('data', (bytes) => {
          const text = bytes.toString('latin1');
          upstream.write(variant === 'naive' ? text.replace(/^(upgrade|connection):.*\\r\\n/gim, '') : text, 'latin1');
        });
        upstream.pipe(client);
        client.on('close', () => upstream.destroy()).on('error', () => {});
        upstream.on('close', () => client.destroy()).on('error', () => {});
      });
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { version: '1.0', ports: { ws: server.address().port }, close: async () => void server.close() };
    },
  };`;

const YAML = `name: brand-new
homepage: https://example.com
module: proxy.mjs
variants:
  websocket: {}
  naive: { expect: { handshake/upgrade: fail } }
fixes:
  upgrade-headers-dropped: { text: Brand-new drops them unless it is told not to., config: "pass upgrade;" }
`;

describe('a proxy that is added', () => {
  let fixtures: string;
  before(async () => {
    fixtures = await mkdtemp(join(tmpdir(), 'wsproof-new-proxy-'));
    await mkdir(join(fixtures, 'brand-new'));
    await writeFile(join(fixtures, 'brand-new', 'proxy.yaml'), YAML);
    await writeFile(join(fixtures, 'brand-new', 'proxy.mjs'), MODULE);
  });
  after(() => rm(fixtures, { recursive: true }));

  it('is a folder, and no line elsewhere: it is listed, probed, known and cured', async () => {
    const proxies = await listProxies(fixtures);
    const targets = await loadTargets(expandTargets(['*:*'], proxies), { fixturesDir: fixtures });
    const ids = ['handshake/upgrade', 'messages/text'];
    const { cells } = await run({
      plan: planRun(probes, targets, { probe: ids }),
      toolVersion: '0',
      command: 'wsproof',
    });
    assert.deepEqual(
      cells.map(({ target, probe, verdict, known, symptom, fix }) => [
        target,
        probe,
        verdict,
        known,
        symptom,
        fix?.config,
      ]),
      [
        ['brand-new:websocket/ws', 'handshake/upgrade', 'pass', false, undefined, undefined],
        ['brand-new:websocket/ws', 'messages/text', 'pass', false, undefined, undefined],
        ['brand-new:naive/ws', 'handshake/upgrade', 'fail', true, 'upgrade-headers-dropped', 'pass upgrade;'],
        ['brand-new:naive/ws', 'messages/text', 'blocked', false, undefined, undefined],
      ],
    );
  });
});
