import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { chainTarget } from '../../src/proxies/chain.ts';
import type { ModuleProxy } from '../../src/proxies/proxy.ts';
import type { Target } from '../../src/proxies/target.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { renderProbes } from '../../src/report/terminal/probe-view.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import directOnly from '../cli/proxies/direct-only.ts';
import dropping from '../cli/proxies/dropping.ts';
import good from '../cli/proxies/good.ts';
import naming from '../cli/proxies/naming.ts';
import { proxy } from '../cli/spawn.ts';
import { targetOf } from './targets.ts';

const UPGRADE = 'handshake/upgrade';
const PROXIES: Readonly<Record<string, ModuleProxy>> = { good, dropping, naming, 'direct-only': directOnly };

async function probedAt(target: Target): Promise<Report> {
  const plan = planRun(probes, [target], { probe: [UPGRADE] });
  return run({ plan, toolVersion: 'test', command: 'test', retries: 0, patience: 3000 });
}

/** A chain of proxies in this process. */
const probed = (...names: string[]): Promise<Report> =>
  probedAt(
    chainTarget(
      names.map((name) => targetOf(PROXIES[name]!, { name })),
      names.join('+'),
    ),
  );

const cellOf = (report: Report): Cell => report.cells.find(({ probe }) => probe === UPGRADE)!;

describe('a chain', () => {
  it('is a target of its own, and blames nobody when all is well', async () => {
    const [target] = await loadTargets([['good', 'naming'].map(proxy).join('+')], { env: {} });
    const report = await probedAt(target!);
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
      assert.deepEqual(cell.guilty, ['dropping:websocket']);
      assert.deepEqual(
        cell.hops,
        names.map((name) => {
          const chain = `${name}:websocket`;
          return name === 'dropping'
            ? { chain, verdict: 'fail', symptom: 'upgrade-headers-dropped' }
            : { chain, verdict: 'pass' };
        }),
      );
      assert.match(cell.cause!, /no Upgrade and/);
    });
  }

  it('names all that do it', async () => {
    assert.deepEqual(cellOf(await probed('dropping', 'dropping')).guilty, ['dropping:websocket', 'dropping:websocket']);
  });

  it('finds two that only do it together, and what is in front of them innocent', async () => {
    const report = await probed('good', 'naming', 'direct-only');
    const cell = cellOf(report);
    assert.deepEqual(cell.guilty, ['naming:websocket', 'direct-only:websocket']);
    assert.deepEqual(
      cell.hops!.map(({ chain, verdict }) => [chain, verdict]),
      [
        ['good:websocket', 'pass'],
        ['naming:websocket', 'pass'],
        ['direct-only:websocket', 'pass'],
        ['naming:websocket+direct-only:websocket', 'fail'],
      ],
    );
    const told = renderProbes(report, { width: 200, paint: (_, text) => text, trace: false, strict: false });
    assert.match(told, /hop {7}naming:websocket together with direct-only:websocket\n/);
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
