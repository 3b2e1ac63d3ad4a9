import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { labelled, openEngine } from '../../src/proxies/engine.ts';
import { RUN } from '../../src/proxies/labels.ts';
import { handshake } from '../../src/wire/dial.ts';
import { openSurroundings, type TestSurroundings } from '../proxies/surroundings.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

const VERSIONS = ['1.18', '1.22', '1.26', '1.30'];
const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';
const RUN_ID = `nginx-test-${process.pid}`;

describe('nginx in a container', {
  timeout: LONGEST,
  skip: await whySkip(VERSIONS.map((version) => `${NGINX}:${version}`)),
}, () => {
  let surroundings: TestSurroundings;
  before(async () => {
    surroundings = await openSurroundings(RUN_ID, '0.0.0.0');
  });
  after(async () => {
    await surroundings.close();
    assert.deepEqual(await labelled(await openEngine(), `${RUN}=${RUN_ID}`), [], 'nothing is left');
  });

  const start = async (spec: string) =>
    (await loadTargets([spec], { env: { WSPROOF_IMAGE_NGINX: NGINX } }))[0]!.start(surroundings);

  for (const version of VERSIONS) {
    for (const transport of ['ws', 'wss']) {
      it(`${version} passes a handshake on over ${transport}`, async () => {
        const running = await start(`nginx@${version}/${transport}`);
        try {
          const { response, dispose } = await handshake(running.endpoint, KEY);
          dispose();
          assert.equal(response.status, 101);
          assert.ok(response.has('x-wsproof-origin'));
          assert.ok(running.version?.startsWith(`${version}.`), running.version);
          assert.equal(running.image, `${NGINX}:${version}`);
          assert.match(running.digest ?? '', /^sha256:/);
          assert.equal(await running.obituary(), undefined);
        } finally {
          await running.stop();
        }
        assert.equal(await running.obituary(), 'its container was removed');
      });
    }
  }

  it('is reached without a relay of the engine in between, where the engine is on this machine', async () => {
    const running = await start('nginx');
    await running.stop();
    assert.equal(running.endpoint.port, 8080);
    assert.equal(running.endpoint.authority, 'wsproof.test:8080');
  });

  it('reloads, tells its memory and its log, and ends in order when it is asked to', async () => {
    const running = await start('nginx');
    try {
      await running.reload!();
      const { response, dispose } = await handshake(running.endpoint, KEY, { target: '/after-the-reload' });
      dispose();
      assert.equal(response.status, 101);
      assert.ok((await running.memory!()) > 100_000);
      await running.terminate!();
      while ((await running.obituary()) === undefined) await new Promise(setImmediate);
      assert.equal(await running.obituary(), 'exited with code 0');
      assert.match(await running.log(), /GET \/after-the-reload HTTP\/1\.1" 101/);
    } finally {
      await running.stop();
    }
  });

  it('runs several at a time', async () => {
    const specs = ['nginx', 'nginx:naive', 'nginx:path-rewritten', 'nginx:short-read-timeout/wss'];
    const running = await Promise.all(specs.map(start));
    await Promise.all(running.map((one) => one.stop()));
    assert.equal(new Set(running.map(({ endpoint }) => endpoint.host)).size, specs.length);
  });
});
