import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { EnvironmentError } from '../../src/errors.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { ContainerStart } from '../../src/proxies/container.ts';
import { Containers } from '../../src/proxies/containers.ts';
import { labelled, openEngine } from '../../src/proxies/engine.ts';
import { RUN } from '../../src/proxies/labels.ts';
import { openSurroundings, type TestSurroundings } from '../proxies/surroundings.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

const IMAGE = `${NGINX}:1.30`;

describe('a container that does not come up', { timeout: LONGEST, skip: await whySkip([IMAGE]) }, () => {
  let folder: string;
  let surroundings: TestSurroundings;
  let runs = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-failures-'));
  });
  after(() => rm(folder, { recursive: true }));
  beforeEach(async () => {
    surroundings = await openSurroundings(`failures-test-${process.pid}-${runs++}`, '0.0.0.0');
  });
  afterEach(async () => {
    await surroundings.close();
    assert.deepEqual(await labelled(await openEngine(), `${RUN}=${surroundings.runId}`), [], 'nothing is left');
  });

  const nginx = (server: string): Partial<ContainerStart> => ({
    files: [
      {
        name: 'mine/nginx.conf',
        shown: 'my/nginx.conf',
        target: '/etc/nginx/nginx.conf',
        bytes: Buffer.from(`events {}\nhttp {\n  server {\n    ${server}\n  }\n}\n`),
      },
    ],
  });

  /** The error of a start, by a proxy that has half a second to get ready. */
  async function failure(more: Partial<ContainerStart>, pull = false): Promise<EnvironmentError> {
    const start: ContainerStart = {
      name: 'mine',
      proxy: 'nginx',
      image: IMAGE,
      transport: 'ws',
      port: 8080,
      files: [],
      env: {},
      ...more,
    };
    const error = await new Containers(500, pull).start(start, surroundings).then(
      () => new Error('it came up'),
      (reason: Error) => reason,
    );
    assert.ok(error instanceof EnvironmentError, String(error));
    return error;
  }

  it("tells the place in the user's file that the proxy complains of", async () => {
    const { message, log } = await failure(nginx('listen 8080; prxy_pass http://origin:9000;'));
    assert.match(
      message,
      /^mine did not start, it exited with code 1: .*unknown directive "prxy_pass" in my\/nginx\.conf:4$/,
    );
    assert.match(log!, /unknown directive/);
  });

  it('tells it by the path of the file, for a folder of the user', async () => {
    const path = join(folder, 'broken');
    await mkdir(path);
    await writeFile(join(path, 'my.conf'), '# to origin:9000\nevents { nonsense; }\n');
    await writeFile(
      join(path, 'proxy.yaml'),
      `name: broken\nhomepage: https://example.com\nimage: ${IMAGE}\nlisten: { ws: 8080 }\nvariants: { a: { files: { my.conf: /etc/nginx/nginx.conf } } }\n`,
    );
    const [target] = await loadTargets([path], { env: {} });
    await assert.rejects(target!.start(surroundings), (error: Error) =>
      error.message.includes(`in ${join(path, 'my.conf')}:2`),
    );
  });

  it('tells with which code it ended, and its last words', async () => {
    const { message } = await failure({ command: ['sh', '-c', 'echo out of luck; exit 7'] });
    assert.equal(message, 'mine did not start, it exited with code 7: out of luck');
  });

  it('tells a program that is not in the image', async () => {
    const { message } = await failure({ command: ['no-such-program'] });
    assert.match(message, /^mine cannot be started: .*no-such-program.*executable file not found/);
  });

  it('tells an image that is not there, and the way out', async () => {
    const { message } = await failure({ image: 'wsproof-test/no-such-image:1' });
    assert.match(message, /wsproof-test\/no-such-image:1/);
    assert.match(message, /--image nginx=REPOSITORY\[:TAG\] or WSPROOF_IMAGE_NGINX\.$/);
    assert.deepEqual(surroundings.told, ['pulling wsproof-test/no-such-image:1']);
  });

  it('asks the registry for an image that is here when it is told to, and says what is without it', async () => {
    const { message } = await failure({}, true);
    assert.match(message, /cannot be pulled again: .* It is here: leave --pull out to run it as it is\.$/);
    assert.deepEqual(surroundings.told, [`pulling ${IMAGE}`]);
  });

  it('tells that it listens on another port', async () => {
    const { message } = await failure(nginx('listen 8081;'));
    assert.equal(message, 'mine is not ready: it accepts no connection on port 8080 (waited 0.5 s).');
  });

  it('tells that it answers by itself', async () => {
    const { message, log } = await failure(nginx('listen 8080; return 503;'));
    assert.match(
      message,
      /^mine is not ready: it answers `503 Service .*` itself; no answer of the origin came through it/,
    );
    assert.match(log!, /"GET \/ HTTP\/1\.1" 503/);
  });

  const moments: [when: string, stop: (surroundings: TestSurroundings) => TestSurroundings][] = [
    [
      'before it begins',
      (given) => {
        given.abort();
        return given;
      },
    ],
    ['when its container is created', (given) => ({ ...given, tell: () => queueMicrotask(given.abort) })],
    ['while it gets ready', (given) => ({ ...given, tell: () => void setTimeout(given.abort, 1500) })],
  ];
  for (const [when, stop] of moments) {
    it(`leaves nothing when the run is stopped ${when}`, async () => {
      const { files = [] } = nginx('listen 8080; return 503;');
      const start: ContainerStart = {
        name: 'mine',
        proxy: 'nginx',
        image: IMAGE,
        transport: 'ws',
        port: 8080,
        files,
        env: {},
      };
      await assert.rejects(new Containers(60_000).start(start, stop(surroundings)), /the run was stopped/);
    });
  }
});
