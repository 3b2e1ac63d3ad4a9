import { Command } from 'commander';
import { listProxies } from '../proxies/catalog.ts';
import { renderMatrix } from '../report/terminal/matrix-view.ts';
import { execute } from './execute.ts';
import { addRunOptions, type RunFlags } from './options.ts';
import { TARGET_HELP } from './probe.ts';
import type { Session } from './session.ts';

/** Every variant of every proxy that can be started here. */
async function everyTarget(): Promise<string[]> {
  const proxies = await listProxies();
  return proxies.flatMap(({ name, variants }) => variants.map((variant) => `${name}:${variant.name}`));
}

export function matrixCommand(session: Session): Command {
  const command = new Command('matrix')
    .description('Probe many targets and show one grid')
    .argument('[target...]', 'what to probe; without one: every variant of every proxy that can run here')
    .addHelpText('after', TARGET_HELP)
    .action(async (targets: string[], flags: RunFlags) =>
      execute(session, targets.length > 0 ? targets : await everyTarget(), flags, renderMatrix),
    );
  return addRunOptions(command);
}
