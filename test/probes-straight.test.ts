import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../src/probes/index.ts';
import type { Probe } from '../src/probes/probe.ts';
import type { Transport } from '../src/wire/endpoint.ts';
import { isWeighty, redStraight } from './proving.ts';

/** What moves much gets through the transparent relay, which is reached over ws as well (test/probes-hold.test.ts). */
const isShown = (probe: Probe, transport: Transport): boolean => transport === 'ws' && isWeighty(probe);

// No more at once: their relays and origins share this process.
describe('every probe holds where there is no proxy', { concurrency: 2 }, () => {
  for (const transport of ['h2', 'wss', 'ws'] as const) {
    it(`all that the control run tries hold straight at the origin over ${transport}`, async () => {
      const red = await redStraight(
        transport,
        probes.filter((probe) => {
          const { gatewayOnly, transports = [transport] } = probe;
          return !gatewayOnly && transports.includes(transport) && !isShown(probe, transport);
        }),
      );
      assert.deepEqual(red, []);
    });
  }
});
