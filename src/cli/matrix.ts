import { Command } from 'commander';
import { EnvironmentError } from '../errors.ts';
import { openEngine } from '../proxies/engine.ts';
import { findProgram } from '../proxies/local/program.ts';
import { listProxies, type ProxySummary } from '../proxies/summary.ts';
import { renderMatrix } from '../report/terminal/matrix-view.ts';
import { type ConfigFlags, configure } from './config.ts';
import { execute } from './execute.ts';
import { typedFlags } from './idle-flags.ts';
import { addRunOptions, option, type RunFlags } from './options.ts';
import { addOwnOptions } from './own-options.ts';
import { TARGET_HELP } from './probe.ts';
import type { Session } from './session.ts';

/**
 * Every proxy that can be started here, each as it is meant to be configured. A plan, and the shards that are cut from
 * it, are for other machines as well: they have all of them.
 */
async function allThatRunHere({ err }: Session, { plan, shard, runtime }: RunFlags): Promise<string[]> {
  // A proxy that nobody knows how to run without a container can do so nowhere.
  const canRun = ({ runs, programs }: ProxySummary): boolean => runtime !== 'local' || runs === 'module' || !!programs;
  const all = (await listProxies()).filter(canRun);
  if (plan || shard) return all.map(({ name }) => name);
  const proxies = all.filter(({ missing }) => missing === undefined);
  const packages = all.flatMap(({ missing = [] }) => missing).join(' ');
  if (packages !== '')
    await err.write(`Proxies whose package is not installed are left out: npm install ${packages}.\n`);
  if (runtime === 'local') {
    const found = await Promise.all(proxies.map(({ programs = [] }) => findProgram(programs, process.env)));
    return proxies.filter(({ runs }, i) => runs === 'module' || found[i] !== undefined).map(({ name }) => name);
  }
  const engine = await openEngine().catch((error: unknown) => {
    if (error instanceof EnvironmentError) return error;
    throw error;
  });
  if (!(engine instanceof EnvironmentError)) return proxies.map(({ name }) => name);
  await err.write(`Proxies that need a container are left out. ${engine.message}\n`);
  return proxies.filter(({ runs }) => runs === 'module').map(({ name }) => name);
}

export function matrixCommand(session: Session): Command {
  const command = new Command('matrix')
    .description('Probe many targets and show one grid')
    .argument(
      '[target...]',
      'what to probe; without one: those of the configuration file, or every proxy that can run here',
    )
    .addHelpText('after', TARGET_HELP)
    .addOption(
      option(
        '--config <file>',
        'what wsproof is to run (that of a proxy is --config-file); default: wsproof.config.{yaml,json,js,mjs} in this folder',
      ),
    )
    .option('--no-config', 'read no wsproof.config, though there is one here')
    .action(async (given: string[], asked: ConfigFlags) => {
      const { targets, flags } = await configure(command, given, asked);
      const nothing = targets === undefined && flags.compose === undefined;
      const specs = nothing ? await allThatRunHere(session, flags) : (targets ?? []);
      await execute(session, specs, flags, renderMatrix, typedFlags(command));
    });
  return addRunOptions(addOwnOptions(command));
}
