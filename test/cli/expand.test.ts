import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expandTargets, folderIn } from '../../src/cli/expand.ts';
import type { ProxySummary } from '../../src/proxies/summary.ts';

const proxy = (name: string, versions: string[], ...variants: string[]): ProxySummary => ({
  name,
  homepage: 'https://example.com/',
  runs: 'container',
  versions,
  // naive@1: a variant that only the version 1 understands.
  variants: variants.map((variant) => {
    const [own, version] = variant.split('@');
    return { name: own!, transports: ['ws'], ...(version ? { versions: `=${version}` } : {}) };
  }),
  right: 'websocket',
  fixes: {},
});

const proxies = [
  proxy('a-proxy', ['2', '1'], 'websocket', 'naive'),
  proxy('b-proxy', [], 'websocket'),
  proxy('old', ['2', '1'], 'websocket', 'early@1'),
];

for (const [glob, targets] of [
  ['a-proxy', ['a-proxy']],
  ['wss://example.com/', ['wss://example.com/']],
  ['*', ['a-proxy', 'b-proxy', 'old']],
  ['*:websocket', ['a-proxy:websocket', 'b-proxy:websocket', 'old:websocket']],
  ['a-proxy:*/wss', ['a-proxy:websocket/wss', 'a-proxy:naive/wss']],
  ['a-*@*', ['a-proxy@2', 'a-proxy@1']],
  ['old@*:*', ['old@2:websocket', 'old@1:websocket', 'old@1:early']],
  ['*@1:na*', ['a-proxy@1:naive']],
] as const) {
  it(`${glob} stands for ${targets.join(', ')}`, () => assert.deepEqual(expandTargets([glob], proxies), targets));
}

it('a glob that stands for nothing is refused', () => {
  assert.throws(() => expandTargets(['c-*'], proxies), { name: 'UsageError', message: /No target matches "c-\*"/ });
});

it('a folder is asked for its own variants', () => {
  assert.equal(folderIn('./deploy/nginx/:*'), './deploy/nginx/');
  assert.equal(folderIn('../nginx@*:naive'), '../nginx');
  assert.equal(folderIn('/srv/nginx/:*/wss'), '/srv/nginx/');
  for (const spec of ['nginx:*', '*', './deploy/nginx/:naive']) assert.equal(folderIn(spec), undefined);
  const folder = { ...proxies[0]!, name: './deploy/nginx/' };
  assert.deepEqual(expandTargets(['./deploy/nginx/:na*'], [folder]), ['./deploy/nginx/:naive']);
});
