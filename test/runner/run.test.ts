import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { EnvironmentError } from '../../src/errors.ts';
import { probes } from '../../src/probes/index.ts';
import { defineProbe } from '../../src/probes/probe.ts';
import type { Target } from '../../src/proxies/target.ts';
import { reportSchema } from '../../src/report/document.ts';
import { planRun } from '../../src/runner/plan.ts';
import type { RunOptions } from '../../src/runner/run.ts';
import dropsUpgrade from '../mutants/drops-upgrade.ts';
import { relay } from '../mutants/relay.ts';
import { start } from './started.ts';
import { targetOf } from './targets.ts';

const silent = relay('silent', { intercept: () => true });

describe('run', { concurrency: true }, () => {
  it('gives a valid document in which a good proxy passes', async () => {
    const report = await start([targetOf(relay('good'))]);
    assert.deepEqual(reportSchema.parse(report), report);
    assert.equal(report.run.status, 'complete');
    assert.deepEqual(
      report.cells.map(({ verdict, summary }) => [verdict, summary]),
      [['pass', 'A WebSocket handshake reaches the origin, and its 101 reaches the client']],
    );
    assert.equal(report.targets[0]!.version, '1.2.3');
  });

  it('tells the cause, the fix and the views of a failure, and sees it twice first', async () => {
    const fix = { text: 'Pass them on.', config: 'upgrade on;' };
    const target = targetOf(dropsUpgrade.proxy, { fixes: { 'upgrade-headers-dropped': fix }, log: 'said the proxy' });
    const report = await start([target]);
    const cell = report.cells[0]!;
    assert.equal(cell.verdict, 'fail');
    assert.equal(cell.change, 'new');
    assert.equal(cell.symptom, 'upgrade-headers-dropped');
    assert.deepEqual(cell.fix, fix);
    assert.ok(cell.evidence?.sent?.fields.some(([name]) => name === 'Upgrade'));
    assert.ok(!cell.evidence?.originSaw?.fields.some(([name]) => name === 'Upgrade'));
    assert.equal(report.run.cells[`${target.id} handshake/upgrade`]?.attempts, 2);
    assert.equal(report.run.logs[target.id], 'said the proxy');
    assert.deepEqual(reportSchema.parse(report), report);
  });

  it('says the same in two runs, but for what stands under `run`', async () => {
    const once = () => start([targetOf(dropsUpgrade.proxy)]);
    const [{ run: _, ...first }, { run: __, ...second }] = await Promise.all([once(), once()]);
    assert.deepEqual(first, second);
  });

  it('takes a known failure for known at the first sight', async () => {
    const because = 'nobody told it to';
    const target = targetOf(dropsUpgrade.proxy, { expected: { 'handshake/upgrade': { verdict: 'fail', because } } });
    const report = await start([target]);
    const cell = report.cells[0]!;
    assert.deepEqual([cell.verdict, cell.known, cell.change, cell.because], ['fail', true, undefined, because]);
    assert.equal(report.run.cells[`${target.id} handshake/upgrade`]?.attempts, 1);
  });

  it('calls a known failure that is gone fixed', async () => {
    const target = targetOf(relay('good'), { expected: { 'handshake/upgrade': { verdict: 'fail' } } });
    const { verdict, known, change } = (await start([target])).cells[0]!;
    assert.deepEqual([verdict, known, change], ['pass', false, 'fixed']);
  });

  it('calls nothing fixed that is known for a race', async () => {
    const target = targetOf(relay('good'), { expected: { 'handshake/upgrade': { verdict: 'fail', race: true } } });
    const { verdict, known, change } = (await start([target])).cells[0]!;
    assert.deepEqual([verdict, known, change], ['pass', false, undefined]);
  });

  it('does not blame the proxy for what fails straight at the origin', async () => {
    const impossible = defineProbe({
      ...probes.find(({ id }) => id === 'handshake/upgrade')!,
      id: 'handshake/impossible',
      async run({ dial }) {
        await dial({ scene: { play: 'reject', status: 503 } });
      },
    });
    const plan = planRun([impossible], [targetOf(relay('good'))]);
    const { verdict, summary } = (await start([], { plan })).cells[0]!;
    assert.deepEqual([verdict, summary], ['error', 'it also fails straight at the origin: not the proxy’s doing']);
  });

  it('tells of a target that cannot be started, and goes on with the others', async () => {
    const broken = targetOf(relay('broken'), {
      starting: async () => {
        throw new EnvironmentError('There is no engine.', 'no such file');
      },
    });
    const report = await start([broken, targetOf(relay('good'))]);
    assert.equal(report.targets[0]!.failure, 'There is no engine.');
    assert.equal(report.run.logs[broken.id], 'no such file');
    assert.deepEqual(
      report.cells.map(({ verdict }) => verdict),
      ['error', 'pass'],
    );
  });

  it('stops a target behind which there is another origin than there should be', async () => {
    let stopped = 0;
    const astray = targetOf(relay('astray'), { stopped: () => stopped++ });
    const report = await start([{ ...astray, originNeeds: { remote: { token: 'k'.repeat(32) } } }]);
    assert.match(report.targets[0]!.failure!, /The journal of the origin cannot be read/);
    assert.equal(report.cells[0]!.verdict, 'error');
    assert.equal(stopped, 1);
  });

  it('says so when the proxy goes down', async () => {
    const report = await start([targetOf(silent, { obituary: 'killed: out of memory' })], { patience: 100 });
    const { verdict, symptom, summary } = report.cells[0]!;
    assert.deepEqual([verdict, symptom, summary], ['fail', 'proxy-died', 'The proxy dies: killed: out of memory']);
  });

  it('does not run what a target promised and, as it runs, cannot do', async () => {
    const target: Target = { ...targetOf(relay('good')), capabilities: ['reload'] };
    const probe = defineProbe({ ...probes[0]!, id: 'test/reloads', requires: ['reload'] });
    const report = await start([target], { plan: planRun([probe], [target]) });
    const { verdict, summary } = report.cells[0]!;
    assert.deepEqual([verdict, summary], ['unsupported', 'this target has no command that reloads its configuration']);
  });

  it('stops what it started, and keeps what it knows, when it is aborted', async () => {
    const stop = new AbortController();
    let stopped = 0;
    const hanging = targetOf(silent, { stopped: () => stopped++ });
    const good = targetOf(relay('good'), { stopped: () => stopped++ });
    const report = await start([good, hanging], {
      patience: 10_000,
      signal: stop.signal,
      watch: (event) => {
        if (event.kind === 'cell') stop.abort();
      },
    });
    assert.equal(report.run.status, 'partial');
    assert.equal(stopped, 2);
    assert.deepEqual(
      report.cells.map(({ verdict }) => verdict),
      ['pass', 'skip'],
    );
  });

  it('stops every target before it reports a fault of its own', async () => {
    const stopped: string[] = [];
    const faulty = targetOf(relay('faulty'), {
      starting: async () => {
        await once(started, 'hanging');
        throw new TypeError('a bug');
      },
    });
    const started = new EventTarget() as EventTarget & NodeJS.EventEmitter;
    const hanging = targetOf(silent, { stopped: () => stopped.push('hanging') });
    const watch: RunOptions['watch'] = (event) => {
      if (event.kind === 'ready') started.dispatchEvent(new Event('hanging'));
    };
    await assert.rejects(start([faulty, hanging], { patience: 10_000, watch }), /a bug/);
    assert.deepEqual(stopped, ['hanging']);
  });

  it('draws the document while it goes on', async () => {
    const drawn: string[] = [];
    await start([targetOf(relay('good'))], {
      watch: (event, draw) => drawn.push(`${event.kind} ${draw('partial').cells[0]!.verdict}`),
    });
    assert.deepEqual(drawn, ['starting skip', 'ready skip', 'cell pass', 'done pass']);
  });
});
