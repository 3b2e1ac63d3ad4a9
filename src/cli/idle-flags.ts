import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { parseSpec } from '../proxies/spec.ts';
import type { Target } from '../proxies/target.ts';
import type { RunFlags, TargetFlags } from './options.ts';
import { flagOf } from './values.ts';

type FlagName = keyof RunFlags & string;

/** The flags that were typed. What the environment and the configuration say is said for many runs, and may wait for another. */
export function typedFlags(command: Command): ReadonlySet<string> {
  return new Set(
    command.options
      .map((option) => option.attributeName())
      .filter((name) => command.getOptionValueSource(name) === 'cli'),
  );
}

/** What becomes of a run, of which a plan has nothing. */
const OF_A_RUN: readonly FlagName[] = [
  ...(['shard', 'keep', 'reporter', 'force', 'stream', 'strict', 'trace', 'showSecrets'] as const),
  ...(['baseline', 'updateBaseline', 'updateExpectations'] as const),
];

const ADDRESS = 'addresses, such as wss://example.com/chat';

/** Flags that are for some targets, and a sentence for where there is none of these. */
const OF_TARGETS: readonly (readonly [FlagName, (target: Target) => boolean, string])[] = [
  ['origin', ({ deployed }) => deployed === true, `is for ${ADDRESS}; to what is started here its origin is given`],
  ['tokenFile', ({ originNeeds }) => originNeeds.remote !== undefined, 'is for addresses with --origin remote'],
  ['header', ({ deployed }) => deployed === true, `is for ${ADDRESS}`],
  ['ca', ({ deployed, transport }) => deployed === true && transport !== 'ws', `is for ${ADDRESS}, that speak TLS`],
  [
    'insecure',
    ({ deployed, transport }) => deployed === true && transport !== 'ws',
    `is for ${ADDRESS}, that speak TLS`,
  ],
  ['pull', ({ images }) => images !== undefined, 'is for proxies that run in containers'],
  ['keep', ({ images }) => images !== undefined, 'leaves containers running'],
  [
    'runtime',
    ({ deployed, images }) => deployed !== true && images === undefined,
    'is for proxies that are installed on this machine',
  ],
];

function namesTransport(text: string): boolean {
  if (text.includes('*')) return /\/(ws|wss|h2)$/.test(text);
  const spec = parseSpec(text);
  return 'transport' in (spec.kind === 'chain' ? spec.hops[0]! : spec);
}

const named = (targets: readonly Target[]): string => {
  const [first, ...others] = targets.map(({ id }) => id);
  return others.length === 0 ? `${first} is none` : `none of the ${targets.length} targets (${first} …) is one`;
};

/**
 * A flag that changes nothing is one that somebody relies on in vain.
 *
 * @param typed as {@link typedFlags} has them
 * @param specs the targets as the user wrote them
 * @throws UsageError for the first of them that cannot have an effect
 */
export function refuseIdleFlags(
  typed: ReadonlySet<string>,
  flags: RunFlags,
  specs: readonly string[],
  targets: readonly Target[],
): void {
  const ran = flags.plan ? OF_A_RUN.find((name) => typed.has(name)) : undefined;
  if (ran !== undefined)
    throw new UsageError(`${flagOf(ran)} is for a run, and --plan runs nothing: take one of them out.`);
  if (typed.has('preset') && flags.probe !== undefined) {
    throw new UsageError(
      '--preset says which probes run when none are named, and --probe names some: take one of them out.',
    );
  }
  if (typed.has('force') && flags.reporter.length === 0 && flags.stream === undefined)
    throw new UsageError('--force is about files that are there already: name one with --reporter or --stream.');
  refuseIdleTargetFlags(typed, flags, specs, targets);
}

/**
 * As {@link refuseIdleFlags}, for the flags that say how a target is brought up and reached.
 *
 * @throws UsageError for the first of them that cannot have an effect
 */
export function refuseIdleTargetFlags(
  typed: ReadonlySet<string>,
  flags: TargetFlags,
  specs: readonly string[],
  targets: readonly Target[],
): void {
  if (typed.has('ca') && flags.insecure)
    throw new UsageError('--ca and --insecure exclude each other: with --insecure no certificate is checked.');
  for (const [name, concerns, what] of OF_TARGETS) {
    if (!typed.has(name) || targets.some(concerns)) continue;
    if (name === 'runtime' && flags.runtime === 'container') continue;
    throw new UsageError(`${flagOf(name)} ${what}, and ${named(targets)}.`);
  }
  if (typed.has('transport') && flags.compose === undefined && specs.length > 0 && specs.every(namesTransport))
    throw new UsageError('--transport is for targets that do not say how they are reached, and all of these do.');
  if (!typed.has('image')) return;
  const lost = flags.image.find(([key]) => !targets.some(({ images = [] }) => images.includes(key)));
  if (lost === undefined) return;
  const images = [...new Set(targets.flatMap(({ images: keys = [] }) => keys))];
  const others =
    images.length > 0
      ? `Other images can be named for ${images.join(', ')}`
      : 'None of the targets runs in a container';
  throw new UsageError(`--image ${lost[0]}=… changes no target of this run. ${others}.`);
}
