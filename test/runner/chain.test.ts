import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { renderProbes } from '../../src/report/terminal/probe-view.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { proxy } from '../cli/spawn.ts';

const UPGRADE = 'handshake/upgrade';

async function probed(...names: string[]): Promise<Report> {
  const targets = await loadTargets([names.map(proxy).join('+')], { env: {} });
  const plan = planRun(probes, targets, { probe: [UPGRADE] });
  return run({ plan, toolVersion: 'test', command: 'test', retries: 0, patience: 3000 });
}

const cellOf = (report: Report): Cell => report.cells.find(({ probe }) => probe === UPGRADE)!;

describe('a chain', () => {
  it('is a target of its own, and blames nobody when all is well', async () => {
    const report = await probed('good', 'naming');
    assert.equal(report.targets[0]!.id, 'good:default+naming:default/ws');
    assert.equal(report.targets[0]!.config.length, 2);
    assert.deepEqual([cellOf(report).verdict, cellOf(report).guilty], ['pass', undefined]);
  });

  for (const names of [
    ['good', 'dropping'],
    ['dropping', 'good'],
    ['good', 'dropping', 'naming'],
  ]) {
    it(`finds the hop that does it in ${names.join('+')}`, async () => {
      const cell = cellOf(await probed(...names));
      assert.equal(cell.verdict, 'fail');
      assert.deepEqual(cell.guilty, ['dropping:default']);
      assert.deepEqual(
        cell.hops,
        names.map((name) => {
          const chain = `${name}:default`;
          return name === 'dropping'
            ? { chain, verdict: 'fail', symptom: 'upgrade-headers-dropped' }
            : { chain, verdict: 'pass' };
        }),
      );
      assert.match(cell.cause!, /no Upgrade and/);
    });
  }

  it('names all that do it', async () => {
    assert.deepEqual(cellOf(await probed('dropping', 'dropping')).guilty, ['dropping:default', 'dropping:default']);
  });

  it('finds two that only do it together, and what is in front of them innocent', async () => {
    const report = await probed('good', 'naming', 'direct-only');
    const cell = cellOf(report);
    assert.deepEqual(cell.guilty, ['naming:default', 'direct-only:default']);
    assert.deepEqual(
      cell.hops!.map(({ chain, verdict }) => [chain, verdict]),
      [
        ['good:default', 'pass'],
        ['naming:default', 'pass'],
        ['direct-only:default', 'pass'],
        ['naming:default+direct-only:default', 'fail'],
      ],
    );
    const told = renderProbes(report, { width: 200, paint: (_, text) => text, trace: false, strict: false });
    assert.match(told, /hop {7}naming:default together with direct-only:default\n/);
  });

  it('is not loaded where a hop cannot stand', async () => {
    const load = (spec: string) => loadTargets([spec], { env: {} });
    await assert.rejects(
      load('nginx+http-proxy'),
      /http-proxy:\S+ runs in no container, and where it runs none reaches it/,
    );
    await assert.rejects(
      load('nginx:balanced+nginx'),
      /nginx@1\.30:balanced balances over two origins; a chain has one/,
    );
    await assert.rejects(load('nginx+nignx'), /There is no proxy "nignx"\. Did you mean "nginx"/);
  });

  it('speaks the transport of the variant between its hops', async () => {
    const [target] = await loadTargets(['http-proxy/ws+nginx@1.26:naive'], { env: {} });
    assert.equal(target!.id, 'http-proxy:websocket+nginx@1.26:naive/ws');
    assert.equal(target!.spec, 'http-proxy:websocket/ws+nginx@1.26:naive');
    assert.equal(target!.originNeeds.reachableFromContainers, true);
  });
});
