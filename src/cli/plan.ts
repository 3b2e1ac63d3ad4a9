import { UsageError } from '../errors.ts';
import { many } from '../report/statement.ts';
import { plain } from '../report/terminal/text.ts';
import type { Plan } from '../runner/plan.ts';
import { shardOf } from '../runner/shard.ts';

/** Jobs that a matrix of GitHub Actions may have. */
const MOST_JOBS = 256;

/** How many shards a plan is cut into when nobody says: one for each target. */
const shardsOf = ({ targets }: Plan, asked: number | undefined): number => asked ?? Math.min(targets.length, MOST_JOBS);

interface Job {
  /** For `--shard`. */
  readonly shard: string;
  /** The proxies in it, to call the job by. */
  readonly proxies: string;
  readonly targets: number;
}

function jobsOf(plan: Plan, count: number): Job[] {
  return Array.from({ length: count }, (_, i) => {
    const { targets } = shardOf(plan, { index: i + 1, count });
    const proxies = [...new Set(targets.map(({ proxy }) => proxy))].join(', ');
    return { shard: `${i + 1}/${count}`, proxies, targets: targets.length };
  });
}

/**
 * The jobs that carry a plan out, as `strategy.matrix` of GitHub Actions takes it through fromJSON: in one line, because
 * that is what `$GITHUB_OUTPUT` takes.
 *
 * @throws UsageError for more shards than there are targets
 */
export function planJson(plan: Plan, shards: number | undefined): string {
  const jobs = jobsOf(plan, shardsOf(plan, shards));
  if (jobs.length > MOST_JOBS)
    throw new UsageError(`${jobs.length} jobs are too many: a matrix may have ${MOST_JOBS}.`);
  return `${JSON.stringify({ include: jobs })}\n`;
}

/** What would run, for people: each target with the number of its cells, and why others would not. */
export function planText(plan: Plan, shards: number | undefined): string {
  const lines = jobsOf(plan, shardsOf(plan, shards)).flatMap(({ shard }, i, all) => {
    const { targets } = shardOf(plan, { index: i + 1, count: all.length });
    return targets.flatMap(({ id }) => {
      const cells = plan.cells.filter(({ target }) => target.id === id);
      const left = cells.filter(({ skip, unsupported }) => (skip ?? unsupported) !== undefined);
      const reasons = [...new Set(left.map(({ skip, unsupported }) => skip ?? unsupported!))];
      return [
        `${shard}  ${plain(id)}  ${many(cells.length - left.length, 'probe')}${left.length > 0 ? `, ${left.length} not:` : ''}`,
        ...reasons.map((reason) => `       ${plain(reason)}`),
      ];
    });
  });
  const running = plan.cells.filter(({ skip, unsupported }) => (skip ?? unsupported) === undefined).length;
  return `${[...lines, '', `${many(running, 'cell')} at ${many(plan.targets.length, 'target')}.`].join('\n')}\n`;
}
