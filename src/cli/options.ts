import { type Command, Option } from 'commander';
import { LEVELS, LIMITS, PRESETS } from '../config/settings.ts';
import type { Level } from '../probes/probe.ts';
import { RUNTIMES, type Runtime } from '../proxies/load-options.ts';
import { TRANSPORTS } from '../proxies/spec.ts';
import { reporters } from '../report/reporters.ts';
import type { Selection } from '../runner/plan.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { AcceptanceFlags } from './acceptance.ts';
import type { OwnFlags } from './own-options.ts';
import { type AskedShard, shardArgument } from './shard.ts';
import { duration, headers, list, listOf, type OriginPlace, originPlace, type Pair, pairs, whole } from './values.ts';

/** How a result is shown and kept. */
export interface OutputFlags {
  readonly reporter: readonly Pair[];
  readonly force?: true;
  readonly json?: true;
  readonly strict?: true;
  readonly trace?: true;
  readonly color: boolean;
}

/** How a target is brought up and reached. */
export interface TargetFlags extends OwnFlags {
  readonly transport?: readonly Transport[];
  readonly image: readonly Pair[];
  readonly runtime: Runtime;
  readonly pull?: true;
  readonly keep?: true;
  readonly origin: OriginPlace;
  readonly tokenFile?: string;
  readonly insecure?: true;
  readonly ca?: string;
  readonly header?: readonly Pair[];
}

/** What is run, and how. */
export interface RunFlags extends OutputFlags, AcceptanceFlags, TargetFlags {
  readonly probe?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: readonly Level[];
  readonly preset: NonNullable<Selection['preset']>;
  readonly idle: number;
  readonly crowd: number;
  readonly timeout: number;
  readonly retries: number;
  readonly jobs: number;
  readonly seed: number;
  readonly showSecrets?: true;
  readonly updateExpectations?: true;
  readonly stream?: string;
  readonly shard?: AskedShard;
  readonly plan?: true;
  readonly shards?: number;
}

/** An option that `WSPROOF_…` sets as well. */
export function option(flags: string, description: string): Option {
  const made = new Option(flags, description);
  return made.env(`WSPROOF_${made.name().replaceAll('-', '_').toUpperCase()}`);
}

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('Result:')
    .addOption(
      option('--reporter <name=file>', `write the report to a file, repeatable: ${Object.keys(reporters).join(', ')}`)
        .argParser(pairs)
        .default([], 'none'),
    )
    .addOption(option('--force', 'write over files that are no reports of wsproof'))
    .addOption(option('--json', 'print the report document to stdout instead'))
    .addOption(option('--strict', 'a warning is a finding'))
    .addOption(option('--trace', 'show all of the evidence: whole heads, each frame, the log of the proxy'))
    .option('--no-color', 'no colours (as NO_COLOR)');
}

export function addBaselineOptions(command: Command): Command {
  return command
    .addOption(option('--baseline <file>', 'findings that are accepted, with reasons: they are known, and not counted'))
    .option('--update-baseline', 'write new findings into the baseline, and take out what is gone');
}

export const transportOption = (): Option =>
  option('--transport <transports>', `how to reach targets that do not say: ${TRANSPORTS.join(', ')}`).argParser(
    listOf(TRANSPORTS),
  );

export const timeoutOption = (): Option =>
  option('--timeout <time>', 'how long any single wait may take').argParser(duration).default(5000, '5s');

export const tokenOption = (): Option =>
  option(
    '--token-file <file>',
    'the token of wsproof serve and --origin remote, the same there and here; or WSPROOF_TOKEN',
  );

/** What runs the proxies. */
export function addMachineryOptions(command: Command): Command {
  return command
    .addOption(
      option('--image <name=image>', 'another image for a proxy, or for one version (nginx@1.18=…)')
        .argParser(pairs)
        .default([], 'that of its proxy.yaml'),
    )
    .addOption(
      option('--runtime <name>', 'what runs proxies: a container, or what is installed here')
        .choices(RUNTIMES)
        .default('container'),
    )
    .addOption(option('--pull', 'pull images though they are here'))
    .addOption(option('--keep', 'leave containers running'));
}

export function addAddressOptions(command: Command): Command {
  return command
    .optionsGroup('Addresses (wss://…):')
    .addOption(
      option(
        '--origin <place>',
        'where the origin is: none (an application unknown to us), local:PORT (started here), or remote (a wsproof serve)',
      )
        .argParser(originPlace)
        .default('none'),
    )
    .addOption(tokenOption())
    .addOption(
      option('--header <field>', 'a field of each request, such as "Cookie: session=…"; repeatable').argParser(headers),
    )
    .addOption(option('--ca <file>', 'trust this certificate authority (PEM)'))
    .addOption(option('--insecure', 'accept any certificate'));
}

export function addRunOptions(command: Command): Command {
  command
    .optionsGroup('Selection:')
    .addOption(option('--probe <ids>', 'only these probes and what they need; * stands for anything').argParser(list))
    .addOption(option('--skip <ids>', 'not these probes').argParser(list))
    .addOption(
      option('--level <levels>', `only probes of these levels: ${LEVELS.join(', ')}`).argParser(listOf(LEVELS)),
    )
    .addOption(option('--preset <name>', 'which probes when none are named').choices(PRESETS).default('quick'))
    .addOption(transportOption())
    .addOption(
      option('--idle <time>', 'the silence that a connection must survive').argParser(duration).default(5000, '5s'),
    )
    .addOption(
      option('--crowd <count>', 'how many connections are many')
        .argParser(whole(...LIMITS.crowd))
        .default(500),
    )
    .optionsGroup('Running:')
    .addOption(timeoutOption())
    .addOption(
      option('--retries <count>', 'further tries of a new failure')
        .argParser(whole(...LIMITS.retries))
        .default(1),
    )
    .addOption(
      option('--jobs <count>', 'targets at a time')
        .argParser(whole(...LIMITS.jobs))
        .default(2),
    )
    .addOption(
      option('--seed <number>', 'for keys, masks and payloads')
        .argParser(whole(...LIMITS.seed))
        .default(1),
    );
  addMachineryOptions(command)
    .optionsGroup('Several machines:')
    .addOption(
      option('--shard <index/count>', 'this part of the targets: 2/4, or auto: as the CI or cluster says').argParser(
        shardArgument,
      ),
    )
    .option('--plan', 'print what would run; with --json: the shards, as a job matrix')
    .option('--shards <count>', 'how many shards the plan has; default: one for each target', whole(1, 10_000));
  addAddressOptions(command);
  return addBaselineOptions(addOutputOptions(command))
    .addOption(option('--stream <file>', 'write each result as it comes, a line each, for wsproof report'))
    .addOption(option('--show-secrets', 'do not mask secrets in the evidence'))
    .option('--update-expectations', 'write what was measured into the proxy.yaml of each target, as known outcomes');
}

/** `WSPROOF_STRICT=0` means no; to commander a switch in the environment is on whatever it says. */
export function forgetOffSwitches(command: Command, env: NodeJS.ProcessEnv): void {
  for (const { envVar, required, optional } of command.options) {
    if (!envVar || required || optional) continue;
    if (/^(0|false|no|off|)$/i.test(env[envVar] ?? '')) delete env[envVar];
  }
}
