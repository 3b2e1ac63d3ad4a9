import { InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.ts';
import type { Shard } from '../runner/shard.ts';

/** `2/4`, or that the system which started the job knows: `auto`, and `auto/4` where it knows the index alone. */
export type AskedShard = Shard | { readonly auto: true; readonly count?: number };

/** A system that starts the same job several times, and what it tells each of them. */
interface System {
  readonly name: string;
  /** It is there when this is set. */
  readonly sign: string;
  readonly index: string;
  readonly count?: string;
  /** The number of the first job. */
  readonly first: 0 | 1;
}

const SYSTEMS: readonly System[] = [
  // https://docs.gitlab.com/ci/variables/predefined_variables: without `parallel` the total is 1, and there is no index.
  { name: 'GitLab', sign: 'GITLAB_CI', index: 'CI_NODE_INDEX', count: 'CI_NODE_TOTAL', first: 1 },
  // https://circleci.com/docs/reference/variables
  { name: 'CircleCI', sign: 'CIRCLECI', index: 'CIRCLE_NODE_INDEX', count: 'CIRCLE_NODE_TOTAL', first: 0 },
  // https://buildkite.com/docs/pipelines/configure/environment-variables
  {
    name: 'Buildkite',
    sign: 'BUILDKITE',
    index: 'BUILDKITE_PARALLEL_JOB',
    count: 'BUILDKITE_PARALLEL_JOB_COUNT',
    first: 0,
  },
  // https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static: last, because the others run in pods as well.
  { name: 'Kubernetes', sign: 'JOB_COMPLETION_INDEX', index: 'JOB_COMPLETION_INDEX', first: 0 },
];

/** What `--shard` takes. */
export function shardArgument(text: string): AskedShard {
  const [, part, of] = /^(auto|\d+)(?:\/(\d+))?$/.exec(text) ?? [];
  const count = of === undefined ? undefined : Number(of);
  if (part === 'auto' && count !== 0) return { auto: true, ...(count === undefined ? {} : { count }) };
  const index = Number(part);
  if (count === undefined || !(index >= 1 && index <= count)) {
    throw new InvalidArgumentError('A shard is INDEX/COUNT, from 1/COUNT to COUNT/COUNT, or auto, or auto/COUNT.');
  }
  return { index, count };
}

function numberOf(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new UsageError(`--shard auto: ${name} is no number: "${text}".`);
  return Number(text);
}

/**
 * The shard that is asked for.
 *
 * @param env where the system that started the job says which of them it is
 * @throws UsageError when it does not say, or says something else than is asked for
 */
export function shardFrom(asked: AskedShard, env: NodeJS.ProcessEnv): Shard {
  if (!('auto' in asked)) return asked;
  const system = SYSTEMS.find(({ sign }) => env[sign]);
  if (!system) {
    // GitHub knows it as strategy.job-index, and hands it to nobody.
    const why = env.GITHUB_ACTIONS
      ? `GitHub Actions does not tell a job which one of its matrix it is: write --shard \${{ matrix.shard }} (docs/ci.md).`
      : `there is none of ${SYSTEMS.map(({ index }) => index).join(', ')}: say which one it is, as in --shard 2/4.`;
    throw new UsageError(`--shard auto: ${why}`);
  }
  const { name, index: variable, first } = system;
  const told = system.count === undefined ? undefined : numberOf(env, system.count);
  const at = numberOf(env, variable);
  if (asked.count !== undefined && told !== undefined && at !== undefined && told !== asked.count) {
    throw new UsageError(`--shard auto/${asked.count}: ${name} says that there are ${told} (${system.count}).`);
  }
  const count = asked.count ?? told;
  if (at === undefined) {
    if (count === undefined || count === 1) return { index: 1, count: 1 };
    throw new UsageError(`--shard auto: this job of ${name} is not one of several: ${variable} is not set.`);
  }
  if (count === undefined) {
    throw new UsageError(`--shard auto: ${name} does not tell how many there are: write --shard auto/COUNT.`);
  }
  const index = at - first + 1;
  if (index < 1 || index > count) {
    throw new UsageError(`--shard auto: ${variable} is ${at}, and there are ${count} shards.`);
  }
  return { index, count };
}
