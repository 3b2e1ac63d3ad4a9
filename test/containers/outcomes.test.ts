import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

/** The newest and the oldest that is still met, from before and after nginx changed its defaults (1.29.7). */
const VERSIONS = ['1.18', '1.30'];

/** A mistake in a configuration, the probe that it turns red, and the symptom that it is given. */
const MISTAKES: readonly [variant: string, probe: string, symptom: string][] = [
  ['naive', 'handshake/upgrade', 'upgrade-headers-dropped'],
  ['upgrade-not-forwarded', 'handshake/upgrade', 'upgrade-not-forwarded'],
  ['connection-not-forwarded', 'handshake/connection-token', 'connection-not-forwarded'],
  ['http10-upstream', 'handshake/http-version', 'http10-upstream'],
  ['connection-always-upgrade', 'handshake/plain-request', 'connection-always-upgrade'],
  ['path-rewritten', 'handshake/request-target', 'path-rewritten'],
  ['short-read-timeout', 'lifetime/idle', 'idle-cut'],
];

async function probed(spec: string, probe: string[]): Promise<Report> {
  const targets = await loadTargets([spec], { env: { WSPROOF_IMAGE_NGINX: NGINX } });
  return run({
    plan: planRun(probes, targets, { probe, skip: ['handshake/slow-origin'] }),
    toolVersion: '0.0.0',
    command: 'wsproof',
  });
}

const told = ({ probe, verdict, summary, actual }: Cell): string => `${probe}: ${verdict}: ${summary}: ${actual}`;

describe('nginx, looked at from both ends', {
  timeout: LONGEST,
  skip: await whySkip(VERSIONS.map((one) => `${NGINX}:${one}`)),
}, () => {
  for (const version of VERSIONS) {
    it(`${version} with the right configuration lets all of a handshake through, but for what is known, over TLS`, async () => {
      const { cells } = await probed(`nginx@${version}/wss`, ['handshake/*', 'headers/*']);
      const news = cells.filter(({ verdict, known }) => !known && !['pass', 'info'].includes(verdict));
      assert.deepEqual(news.map(told), []);
    });

    for (const [variant, probe, symptom] of MISTAKES) {
      it(`${version}:${variant} is found out, and the cure is named`, async () => {
        const { cells } = await probed(`nginx@${version}:${variant}/ws`, [probe]);
        const cell = cells.find((one) => one.probe === probe)!;
        assert.deepEqual([cell.symptom, cell.known], [symptom, true], told(cell));
        assert.ok(cell.fix?.config, 'lines to paste');
      });
    }
  }
});
