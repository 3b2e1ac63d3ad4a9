import { probes } from '../../src/probes/index.ts';
import type { Target } from '../../src/proxies/target.ts';
import type { Report } from '../../src/report/document.ts';
import { planRun, type Selection } from '../../src/runner/plan.ts';
import { type RunOptions, run } from '../../src/runner/run.ts';

const UPGRADE: Selection = { probe: ['handshake/upgrade'] };

/** A run over these targets, of handshake/upgrade where nothing else is selected. */
export function start(
  targets: readonly Target[],
  options: Partial<RunOptions> = {},
  selection = UPGRADE,
): Promise<Report> {
  const plan = options.plan ?? planRun(probes, targets, selection);
  return run({ toolVersion: '0.0.0', command: 'wsproof', patience: 1500, idle: 200, ...options, plan });
}
