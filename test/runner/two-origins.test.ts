import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import type { Target } from '../../src/proxies/target.ts';
import type { Report } from '../../src/report/document.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { balancer } from '../mutants/balancer.ts';
import { relay } from '../mutants/relay.ts';
import repeatsHandshakes from '../mutants/repeats-handshakes.ts';
import { targetOf } from './targets.ts';

function balance(targets: readonly Target[]): Promise<Report> {
  const plan = planRun(probes, targets, { probe: ['balancing/*'] });
  return run({ plan, toolVersion: '0.0.0', command: 'wsproof', patience: 1500, idle: 200 });
}

const verdicts = ({ cells }: Report): Record<string, string> =>
  Object.fromEntries(
    cells.filter(({ probe }) => probe.startsWith('balancing/')).map(({ probe, verdict }) => [probe, verdict]),
  );

describe('a run with a balancer', { concurrency: true }, () => {
  it('gives it two origins, one probe after the other where they are taken down', async () => {
    const report = await balance([targetOf(balancer('fair'), { two: true })]);
    assert.deepEqual(verdicts(report), {
      'balancing/distribution': 'info',
      'balancing/one-connection': 'pass',
      'balancing/sticky-session': 'pass',
      'balancing/dead-origin': 'pass',
      'balancing/dying-origin': 'pass',
      'balancing/drain': 'info',
      'balancing/repeated-handshake': 'info',
    });
    const spread = report.cells.find(({ probe }) => probe === 'balancing/distribution');
    assert.deepEqual(spread?.measured, [{ name: 'atBusierOrigin', value: 10, unit: 'connections' }]);
  });

  it('tells what an info probe found, with its cause', async () => {
    const report = await balance([targetOf(repeatsHandshakes.proxy, { two: true })]);
    const { verdict, symptom, summary } = report.cells.find(({ probe }) => probe === 'balancing/repeated-handshake')!;
    assert.deepEqual([verdict, symptom], ['info', 'handshake-repeated']);
    assert.match(summary, /sent again/);
  });

  it('asks nothing of the kind of a proxy with one origin', async () => {
    const report = await balance([targetOf(relay('single'))]);
    assert.deepEqual([...new Set(Object.values(verdicts(report)))], ['unsupported']);
  });
});
