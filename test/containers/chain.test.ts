import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

const IMAGES = ['1.30', '1.26'].map((version) => `${NGINX}:${version}`);

describe('a chain of containers', { timeout: LONGEST, skip: await whySkip(IMAGES), concurrency: 2 }, () => {
  const cellsOf = async (spec: string, probe: string[]) => {
    const targets = await loadTargets([spec], { env: { WSPROOF_IMAGE_NGINX: NGINX } });
    const plan = planRun(probes, targets, { probe });
    return run({ plan, toolVersion: 'test', command: 'test', retries: 0, patience: 3000, idle: 1000 });
  };

  it('passes WebSockets on from hop to hop, over TLS as well', async () => {
    const report = await cellsOf('nginx@1.26/wss+nginx', ['handshake/upgrade', 'messages/text', 'close/origin-code']);
    assert.deepEqual(
      report.cells.filter(({ verdict }) => verdict !== 'pass'),
      [],
    );
    assert.match(report.targets[0]!.version!, /^1\.26\.\d+\+1\.30\.\d+$/);
  });

  it('names the hop that drops the upgrade, and its fix', async () => {
    for (const spec of ['nginx@1.26+nginx:naive', 'nginx:naive+nginx@1.26', 'http-proxy+nginx:naive']) {
      const [cell] = (await cellsOf(spec, ['handshake/upgrade'])).cells;
      assert.equal(cell!.verdict, 'fail', spec);
      assert.deepEqual(cell!.guilty, ['nginx@1.30:naive'], spec);
      assert.match(cell!.fix!.config!, /proxy_set_header Upgrade/);
    }
  });
});
