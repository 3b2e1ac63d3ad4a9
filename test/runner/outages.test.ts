import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Outages } from '../../src/runner/outages.ts';

/** An origin that notes what is done to it. */
function origin(name: string, log: string[]) {
  const note = (what: string) => async () => void log.push(`${name} ${what}`);
  return { name, down: note('down'), drain: note('drain'), up: note('up') };
}

describe('the outages of a probe', () => {
  it('are over when it is, and it alone has been up again', async () => {
    const log: string[] = [];
    const outages = new Outages([origin('a', log), origin('b', log)]);
    const [a, b] = outages.controls;
    await a!.down();
    await b!.drain();
    assert.deepEqual(outages.names, ['a', 'b']);
    await a!.up();
    assert.deepEqual(outages.names, ['b']);
    await outages.end();
    assert.deepEqual(log, ['a down', 'b drain', 'a up', 'b up']);
  });
});
