import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shardArgument, shardFrom } from '../../src/cli/shard.ts';
import { UsageError } from '../../src/errors.ts';

describe('--shard', () => {
  it('takes an index of a count, and auto', () => {
    assert.deepEqual(shardArgument('2/4'), { index: 2, count: 4 });
    assert.deepEqual(shardArgument('auto'), { auto: true });
    assert.deepEqual(shardArgument('auto/4'), { auto: true, count: 4 });
  });

  for (const wrong of ['', '2', '0/4', '5/4', '1/0', 'auto/0', '-1/4', '1/4/2', 'first/4', '1.5/4']) {
    it(`refuses "${wrong}"`, () => {
      assert.throws(() => shardArgument(wrong), { code: 'commander.invalidArgument', message: /INDEX\/COUNT/ });
    });
  }

  const systems: readonly (readonly [string, NodeJS.ProcessEnv])[] = [
    ['GitLab', { GITLAB_CI: 'true', CI_NODE_INDEX: '2', CI_NODE_TOTAL: '4' }],
    ['CircleCI', { CIRCLECI: 'true', CIRCLE_NODE_INDEX: '1', CIRCLE_NODE_TOTAL: '4' }],
    ['Buildkite', { BUILDKITE: 'true', BUILDKITE_PARALLEL_JOB: '1', BUILDKITE_PARALLEL_JOB_COUNT: '4' }],
  ];
  for (const [name, env] of systems) {
    it(`auto is what ${name} says`, () => {
      assert.deepEqual(shardFrom({ auto: true }, env), { index: 2, count: 4 });
      assert.deepEqual(shardFrom({ auto: true, count: 4 }, env), { index: 2, count: 4 });
    });

    it(`auto is refused where ${name} says something else`, () => {
      assert.throws(() => shardFrom({ auto: true, count: 3 }, env), UsageError);
    });
  }

  it('auto is the whole in a job that is alone', () => {
    for (const env of [
      { GITLAB_CI: 'true', CI_NODE_TOTAL: '1' },
      { CIRCLECI: 'true', CIRCLE_NODE_INDEX: '0', CIRCLE_NODE_TOTAL: '1' },
      { BUILDKITE: 'true' },
    ]) {
      assert.deepEqual(shardFrom({ auto: true }, env), { index: 1, count: 1 });
    }
  });

  it('auto needs the count in an indexed job of Kubernetes, which has none', () => {
    const env = { JOB_COMPLETION_INDEX: '3' };
    assert.deepEqual(shardFrom({ auto: true, count: 4 }, env), { index: 4, count: 4 });
    assert.throws(() => shardFrom({ auto: true }, env), { message: /write --shard auto\/COUNT/ });
    assert.throws(() => shardFrom({ auto: true, count: 3 }, env), {
      message: /JOB_COMPLETION_INDEX is 3, and there are 3/,
    });
  });

  it('auto takes a CI that runs in a pod for that CI', () => {
    const env = { ...systems[0]![1], JOB_COMPLETION_INDEX: '0' };
    assert.deepEqual(shardFrom({ auto: true }, env), { index: 2, count: 4 });
  });

  it('auto says what to write where nobody tells', () => {
    assert.throws(() => shardFrom({ auto: true }, { GITHUB_ACTIONS: 'true' }), {
      message: /write --shard \$\{\{ matrix\.shard/,
    });
    assert.throws(() => shardFrom({ auto: true }, {}), { message: /as in --shard 2\/4/ });
    assert.throws(() => shardFrom({ auto: true }, { GITLAB_CI: 'true', CI_NODE_INDEX: 'x' }), {
      message: /is no number: "x"/,
    });
  });
});
