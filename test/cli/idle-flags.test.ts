import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeReport } from '../report/documents.ts';
import { folder, wsproof } from './spawn.ts';

const ADDRESS = 'ws://127.0.0.1:9/';

describe('a flag that cannot have an effect', { concurrency: 4 }, () => {
  const refused: readonly (readonly [string, RegExp])[] = [
    ['http-proxy --origin local:9000', /--origin is for addresses.*started here.*http-proxy:websocket\/ws is none\./],
    [
      'http-proxy nginx --header X-A:1',
      /--header is for addresses, .* none of the 2 targets \(http-proxy.* …\) is one\./,
    ],
    [`${ADDRESS} --insecure`, /--insecure is for addresses.* that speak TLS/],
    ['http-proxy --pull', /--pull is for proxies that run in containers, and http-proxy:websocket\/ws is none\./],
    ['--compose x.yaml --pull', /--pull is not for the services of a compose file, .* pull_policy: always\./],
    ['http-proxy --keep', /--keep leaves containers running, and http-proxy:websocket\/ws is none\./],
    [`${ADDRESS} --runtime local`, /--runtime is for proxies that are installed on this machine/],
    ['nginx/wss haproxy/ws --transport ws', /--transport is for targets that do not say/],
    ['nginx --image haproxy=x:1', /--image haproxy=… changes no target of this run\. .* for nginx, nginx@1\.30\./],
    ['nginx --image nginx@1.18=x:1', /--image nginx@1\.18=… changes no target/],
    ['http-proxy --image nginx=x:1', /None of the targets runs in a container\./],
    ['http-proxy --preset full --probe headers/host', /--preset says which probes run when none are named/],
    ['http-proxy --force', /--force is about files that are there already/],
    ['http-proxy --plan --shard 1/1', /--shard is for a run, and --plan runs nothing/],
    ['http-proxy --plan --update-expectations', /--update-expectations is for a run/],
    [`${ADDRESS} --config-file x.conf`, /--config-file is for a proxy in a container/],
    ['http-proxy --path /ws', /--path belongs to a configuration of yours: name it with --config-file\./],
    [`${ADDRESS} --path /ws`, /name it with --config-file\. An address has its path in it: wss:\/\/example\.com\/ws\./],
    [`${ADDRESS} --host a.test`, /asked by another name with --header 'Host: NAME'/],
    ['nginx --origin-as app:3000', /--origin-as belongs to a configuration of yours/],
  ];
  for (const [words, told] of refused) {
    it(`is refused: ${words}`, async () => {
      for (const command of ['probe', 'matrix']) {
        const { code, stderr } = await wsproof([command, ...words.split(' ')]);
        assert.equal(code, 2, stderr);
        assert.match(stderr, told);
      }
    });
  }

  it('is refused of a comparison, and of an origin that nobody else reaches', async (test) => {
    const file = join(await folder(test), 'report.json');
    await writeFile(file, JSON.stringify(makeReport({ cells: [] })));
    const { code, stderr } = await wsproof(['report', file, '--diff', file, '--strict']);
    assert.equal(code, 2);
    assert.match(stderr, /--strict is for a report, and --diff compares two of them/);
    const served = await wsproof(['serve', '--trusted']);
    assert.equal(served.code, 2);
    assert.match(served.stderr, /none of them reaches 127\.0\.0\.1: .* --host 0\.0\.0\.0\./);
  });

  it('may wait for another run where the environment says it, and holds for one of several targets', async () => {
    const plan = ['matrix', 'http-proxy', '--plan', '--no-config'];
    const env = { WSPROOF_HEADER: 'Cookie: a=b', WSPROOF_KEEP: '1', WSPROOF_STRICT: '1' };
    assert.equal((await wsproof(plan, { env })).code, 0);
    const mixed = await wsproof([...plan, 'nginx', ADDRESS, '--header', 'Cookie: a=b', '--image', 'nginx@1.30=x:1']);
    assert.equal(mixed.code, 0, mixed.stderr);
  });
});
