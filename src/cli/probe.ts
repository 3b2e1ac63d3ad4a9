import { Command } from 'commander';
import { renderProbes } from '../report/terminal/probe-view.ts';
import { execute } from './execute.ts';
import { typedFlags } from './idle-flags.ts';
import { addRunOptions, type RunFlags } from './options.ts';
import { addOwnOptions } from './own-options.ts';
import type { Session } from './session.ts';

/** It comes with the tool, and needs no container. */
const DEFAULT = 'http-proxy';

export const TARGET_HELP = `
A target is nginx, nginx@1.26, nginx:naive, nginx@1.26:websocket/wss (all but the name can be left out),
./my-proxy/ (a folder with a proxy.yaml), ./my-proxy.mjs (a module), caddy+nginx (a chain, the outermost first),
or wss://example.com/chat (deployed).
A * stands for anything: '*' is every proxy, 'nginx:*' every variant of one, 'nginx@*' every version.`;

export function probeCommand(session: Session): Command {
  const command = new Command('probe')
    .description('Probe one or more targets, with the cause and the fix of what does not hold')
    .argument('[target...]', `what to probe; default: ${DEFAULT}, or what --compose names`)
    .addHelpText('after', TARGET_HELP)
    .action((targets: string[], flags: RunFlags) => {
      const nothing = targets.length === 0 && flags.compose === undefined;
      return execute(session, nothing ? [DEFAULT] : targets, flags, renderProbes, typedFlags(command));
    });
  return addRunOptions(addOwnOptions(command));
}
