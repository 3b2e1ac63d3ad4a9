import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, it, type TestContext } from 'node:test';
import { Outlet } from '../../src/cli/outlet.ts';
import { Progress } from '../../src/cli/progress.ts';
import { EnvironmentError } from '../../src/errors.ts';
import { relay } from '../mutants/relay.ts';
import { makeCell } from '../report/documents.ts';
import { targetOf } from '../runner/targets.ts';

const target = targetOf(relay('good\x1b[31m'));

function shown(test: TestContext, terminal: boolean, env: NodeJS.ProcessEnv = {}) {
  test.mock.timers.enable({ apis: ['setInterval'] });
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, columns: 80 });
  const outlet = new Outlet(stream);
  const look = { width: outlet.width, paint: outlet.paint(false), trace: false, strict: false };
  const progress = new Progress(outlet, look, 2, env);
  const text = (): string => String(stream.read() ?? '');
  const tick = (): string => {
    test.mock.timers.tick(100);
    return text();
  };
  return { progress, text, tick };
}

describe('progress', () => {
  it('is a block on a terminal that takes its own place, and a line that stays', (test) => {
    const { progress, text, tick } = shown(test, true);
    progress.show({ kind: 'starting', target, progress: 'pulling nginx:1.30' });
    assert.equal(tick(), '0 of 2 targets done\n  good\\x1b[31m:websocket/ws  pulling nginx:1.30  0 s\n');
    progress.show({ kind: 'cell', target, cell: makeCell() });
    assert.match(tick(), /^\x1b\[2A\x1b\[1G\x1b\[0J0 of 2 targets done\n.*, 1 cell {2}0 s\n$/);
    progress.show({ kind: 'done', target });
    assert.match(text(), /^\x1b\[2A\x1b\[1G\x1b\[0Jgood\\x1b\[31m:websocket\/ws {2}1 pass {2}\(\d+\.\d s\)\n$/);
    progress.end();
    assert.equal(tick(), '');
  });

  it('is over for a target that could not be started, whatever comes after', (test) => {
    const { progress, tick } = shown(test, true);
    progress.show({ kind: 'failed', target, error: new EnvironmentError('There is no engine.') });
    progress.show({ kind: 'cell', target, cell: makeCell({ verdict: 'error' }) });
    assert.match(tick(), /could not be probed: There is no engine\..*\n1 of 2 targets done\n$/);
  });

  for (const [where, terminal, env] of [
    ['into a file', false, {}],
    ['on a build server', true, { CI: 'true' }],
    ['on a dumb terminal', true, { TERM: 'dumb' }],
  ] as const) {
    it(`is a line for each finished target ${where}`, (test) => {
      const { progress, text, tick } = shown(test, terminal, env);
      progress.show({ kind: 'starting', target, progress: 'starts' });
      assert.equal(tick(), '');
      progress.show({ kind: 'failed', target, error: new EnvironmentError('There is no \x07engine.') });
      assert.match(text(), /^good\\x1b\[31m:websocket\/ws {2}could not be probed: There is no \\x07engine\. {2}\(/);
    });
  }
});
