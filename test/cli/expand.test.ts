import assert from 'node:assert/strict';
import { it } from 'node:test';
import { expandTargets } from '../../src/cli/expand.ts';
import type { ProxySummary } from '../../src/proxies/catalog.ts';

const proxy = (name: string, versions: string[], ...variants: string[]): ProxySummary => ({
  name,
  homepage: 'https://example.com/',
  runs: 'container',
  versions,
  variants: variants.map((variant) => ({ name: variant, transports: ['ws'] })),
  fixes: {},
});

const proxies = [proxy('a-proxy', ['2', '1'], 'websocket', 'naive'), proxy('b-proxy', [], 'websocket')];

for (const [glob, targets] of [
  ['a-proxy', ['a-proxy']],
  ['wss://example.com/', ['wss://example.com/']],
  ['*', ['a-proxy', 'b-proxy']],
  ['*:websocket', ['a-proxy:websocket', 'b-proxy:websocket']],
  ['a-proxy:*/wss', ['a-proxy:websocket/wss', 'a-proxy:naive/wss']],
  ['a-*@*', ['a-proxy@2', 'a-proxy@1']],
  ['*@1:na*', ['a-proxy@1:naive']],
] as const) {
  it(`${glob} stands for ${targets.join(', ')}`, () => assert.deepEqual(expandTargets([glob], proxies), targets));
}

it('a glob that stands for nothing is refused', () => {
  assert.throws(() => expandTargets(['c-*'], proxies), { name: 'UsageError', message: /No target matches "c-\*"/ });
});
