import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../src/probes/index.ts';
import { balancers, gateways, innocents, TOLD, transparent } from './innocents/innocents.ts';
import { pipes, slicer } from './innocents/pipes.ts';
import { isLate, isWeighty, needsTwo, redOn } from './proving.ts';

// All of them have work to do, and too much of it at once would make them wait in vain.
describe('every probe holds on proxies that behave', { concurrency: 3 }, () => {
  for (const innocent of [...innocents, ...balancers]) {
    it(`all hold on the innocent "${innocent.name}"`, async () => {
      const two = balancers.includes(innocent);
      const told = TOLD.get(innocent.name) ?? [];
      const tried = probes.filter(
        (probe) =>
          two || innocent === transparent || !(isWeighty(probe) || (gateways.includes(innocent) && isLate(probe))),
      );
      const red = await redOn(
        innocent,
        tried.filter((probe) => needsTwo(probe) === two && !told.includes(probe.id)),
      );
      assert.deepEqual(red, []);
    });
  }

  for (const pipe of pipes) {
    it(`all that need no gateway hold on the innocent "${pipe.name}"`, async () => {
      const red = await redOn(
        pipe,
        probes.filter((probe) => !needsTwo(probe) && !probe.gatewayOnly && (!isWeighty(probe) || pipe === slicer)),
      );
      assert.deepEqual(red, []);
    });
  }
});
