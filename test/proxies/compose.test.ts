import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type Project,
  parseProject,
  requireService,
  type StandIns,
  withOrigin,
} from '../../src/proxies/compose/project.ts';
import { parseUpstream } from '../../src/proxies/own/upstream.ts';
import { wsproof } from '../cli/spawn.ts';

const PROJECT: Project = {
  name: 'shop',
  services: {
    proxy: {
      image: 'nginx:1.30',
      container_name: 'shop-proxy',
      restart: 'always',
      ports: ['80:80'],
      depends_on: { app: { condition: 'service_healthy' }, cache: { condition: 'service_healthy' } },
      networks: { front: null, back: { aliases: ['www'] } },
      labels: ['team=shop'],
    },
    app: { image: 'shop/app', networks: { back: { aliases: ['api'] } }, healthcheck: {} },
    cache: { image: 'redis', command: ['--save', '$$A'] },
  },
  networks: { front: null, back: { internal: true }, shared: { external: true } },
  volumes: { data: null, old: { external: true, name: 'old' } },
};

const standIns = (...names: string[]): StandIns => ({
  all: names.map((name, i) => ({ upstream: parseUpstream(name), port: 5000 + i })),
  image: 'node',
  program: "say('$" + "{it}')",
  machine: 'machine',
  machineAddress: 'host-gateway',
});

const composed = (...names: string[]) =>
  withOrigin(PROJECT, 'proxy', '127.0.0.1::80', standIns(...names), { 'wsproof.run': 'r1' });

describe('a compose project with the origin in it', () => {
  it('has the origin in place of a service, where that was, on each of its ports', () => {
    const { project, started } = composed('app:3000', 'app:80');
    assert.deepEqual(started, ['proxy', 'app']);
    const { app } = project.services;
    assert.equal(app!.image, 'node');
    assert.deepEqual(app!.networks, { back: { aliases: ['api'] }, 'wsproof-outside': null });
    assert.deepEqual(JSON.parse((app!.command as string[])[0]!), [
      { from: { port: 3000 }, to: { host: 'machine', port: 5000 } },
      { from: { port: 80 }, to: { host: 'machine', port: 5001 } },
    ]);
    assert.ok((app!.entrypoint as string[]).includes("say('$$" + "{it}')"), 'compose makes one dollar of two');
    assert.equal(app!.healthcheck, undefined);
  });

  it('runs the rest as it is written, but for what would meet the same project elsewhere', () => {
    const { proxy, cache } = composed('app:3000').project.services;
    const { image, networks, ports, container_name: name, restart, depends_on: needs } = proxy!;
    assert.deepEqual(
      { image, networks, ports, name, restart, needs },
      {
        image: 'nginx:1.30',
        networks: PROJECT.services.proxy!.networks,
        ports: ['127.0.0.1::80'],
        name: undefined,
        restart: undefined,
        needs: { app: { condition: 'service_started' }, cache: { condition: 'service_healthy' } },
      },
    );
    assert.deepEqual(cache!.command, ['--save', '$$A']);
  });

  it('gives a name that is no service one, where the proxy looks for it', () => {
    const { project, started } = composed('api.example.com:443');
    assert.deepEqual(started, ['proxy', 'wsproof-api-example-com']);
    assert.deepEqual(project.services['wsproof-api-example-com']!.networks, {
      front: { aliases: ['api.example.com'] },
      back: { aliases: ['api.example.com'] },
      'wsproof-outside': null,
    });
    assert.equal(project.services.app!.image, 'shop/app');
  });

  it('has labels of the run on all that is made, and on nothing that is there', () => {
    const { services, networks, volumes } = composed('app:3000').project;
    assert.deepEqual(services.proxy!.labels, { team: 'shop', 'wsproof.run': 'r1' });
    for (const part of [...Object.values(services), networks!.back, networks!.default, volumes!.data]) {
      assert.equal((part as { labels: Record<string, string> }).labels['wsproof.run'], 'r1');
    }
    assert.deepEqual([networks!.shared, volumes!.old], [PROJECT.networks!.shared, PROJECT.volumes!.old]);
  });

  it('is read from what compose prints, and its services are known by name', () => {
    assert.throws(() => parseProject('{}'), /without services/);
    const project = parseProject('services:\n  web: { image: nginx }\n');
    assert.throws(
      () => requireService(project, 'wbe', '--service'),
      /^UsageError: --service: there is no service "wbe" in the compose file\. Did you mean "web"\? There are: web\.$/,
    );
  });
});

describe('--compose', { skip: process.platform === 'win32' && 'a shell script stands in for compose' }, () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-compose-'));
    file = join(folder, 'compose.yml');
    await writeFile(file, 'services: {}\n');
    await writeFile(join(folder, 'config.json'), JSON.stringify(PROJECT));
    await writeFile(
      join(folder, 'docker-compose'),
      `#!/bin/sh\ncase "$*" in version) ;; *broken*) echo "not yaml" >&2; exit 1 ;; *) /bin/cat ${folder}/config.json ;; esac\n`,
    );
    await chmod(join(folder, 'docker-compose'), 0o755);
  });
  after(() => rm(folder, { recursive: true }));

  const told = (args: string[], path = folder) => wsproof(['probe', ...args], { env: { PATH: path } });

  it('makes a target of each service that is named', async () => {
    const args = ['--compose', file, '--service', 'proxy:80', '--service', 'cache:6379', '--origin-as', 'app:3000'];
    const { code, stdout, stderr } = await told([...args, '--plan']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /compose\.yml:proxy:80/);
    assert.match(stdout, /compose\.yml:cache:6379/);
    assert.doesNotMatch(stdout, /http-proxy/);
  });

  for (const [what, args, complaint] of [
    ['no service', [], /name the service of the proxy with --service proxy:80/],
    ['a service that is not there', ['--service', 'prxy:80'], /Did you mean "proxy"\?/],
    ['a loopback upstream', ['--service', 'proxy', '--origin-as', '127.0.0.1:80'], /with --compose it is a service/],
    ['a mount', ['--service', 'proxy', '--mount', 'a:/b'], /--mount belongs to a --config-file/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const { code, stderr } = await told(['--compose', file, ...args]);
      assert.match(stderr, complaint);
      assert.equal(code, 2);
    });
  }

  it('tells what compose says of a file that it cannot use', async () => {
    const broken = join(folder, 'broken.yml');
    await writeFile(broken, '');
    const { code, stderr } = await told(['--compose', broken, '--service', 'proxy']);
    assert.match(stderr, /broken\.yml is no compose file that can be used: not yaml\.\n$/);
    assert.equal(code, 3);
  });

  it('says where compose is to be had when there is none', async () => {
    const { code, stderr } = await told(['--compose', file, '--service', 'proxy'], join(folder, 'nothing'));
    assert.match(stderr, /neither "docker compose" nor "docker-compose" can be run\. Install the compose plugin/);
    assert.equal(code, 3);
  });

  it('has flags that mean nothing without it', async () => {
    assert.match((await told(['--service', 'proxy'])).stderr, /--service belongs to a compose file/);
    assert.match(
      (await told(['nginx', '--origin-as', 'app'])).stderr,
      /--origin-as belongs to a configuration of yours/,
    );
  });
});
