import { UsageError } from '../errors.ts';
import type { Plan } from './plan.ts';

/** One of the parts that a plan is cut into: `--shard 2/4`. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

/**
 * The part of a plan that one of several machines carries out: whole targets, neighbours together, because they share
 * their images; and none is empty, because a run of nothing must not look like success. Pure.
 *
 * @throws UsageError for more shards than there are targets
 */
export function shardOf(plan: Plan, { index, count }: Shard): Plan {
  const { targets, cells } = plan;
  if (count > targets.length) {
    const some = targets.length === 1 ? '1 target' : `${targets.length} targets`;
    throw new UsageError(`${count} shards are too many: there is nothing to cut in ${some} but one shard each.`);
  }
  const from = (part: number): number => Math.floor((part * targets.length) / count);
  const mine = targets.slice(from(index - 1), from(index));
  return { ...plan, targets: mine, cells: cells.filter(({ target }) => mine.includes(target)) };
}
