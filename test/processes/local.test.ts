import assert from 'node:assert/strict';
import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { filled, portNames, relocated } from '../../src/proxies/local/layout.ts';
import { findProgram } from '../../src/proxies/local/program.ts';
import { listProxies } from '../../src/proxies/summary.ts';
import { handshake } from '../../src/wire/dial.ts';
import { start as startCli } from '../cli/spawn.ts';
import { openSurroundings, type TestSurroundings } from '../proxies/surroundings.ts';

const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';
const origins = { origin: { port: 5000, tlsPort: 5001 } };

describe('a configuration of a container on this machine', () => {
  const places = {
    dir: '/tmp/x',
    ports: new Map([
      ['8080', 1111],
      ['8443', 2222],
      ['admin', 3333],
    ]),
    pid: 42,
  };
  const relocate = (text: string, rewrite: { match: string; with: string }[] = []): string =>
    relocated(
      text,
      { rules: { command: ['p'], rewrite }, listen: [8080, 8443], paths: ['/etc/p.conf', '/etc/p'], origins },
      places,
    );

  it('has other ports, paths and an origin on the loopback', () => {
    assert.equal(relocate('listen 8080; listen :8443;'), 'listen 1111; listen :2222;');
    assert.equal(relocate('timeout 8080s; id 18080; v1.8080'), 'timeout 8080s; id 18080; v1.8080');
    assert.equal(
      relocate('include /etc/p.conf /etc/p /etc/p/more /etc/passwd'),
      'include /tmp/x/etc/p.conf /tmp/x/etc/p /tmp/x/etc/p/more /etc/passwd',
    );
    assert.equal(relocate('to http://origin:9000/; tls origin:9443'), 'to http://127.0.0.1:5000/; tls 127.0.0.1:5001');
  });

  it('is written as the proxy.yaml says, before all else', () => {
    const rewrite = [
      { match: '^listen (\\d+)', with: 'listen 127.0.0.1:$1 pid {dir}/pid' },
      { match: 'admin', with: 'admin {port:admin}' },
    ];
    assert.equal(relocate('a\nlisten 8080\nadmin', rewrite), 'a\nlisten 127.0.0.1:1111 pid /tmp/x/pid\nadmin 3333');
  });

  it('has its open places filled', () => {
    assert.equal(filled('kill {pid} in {dir} at {port:admin}', places), 'kill 42 in /tmp/x at 3333');
    assert.deepEqual(portNames({ command: ['a', '{port:one}'], env: { B: '{port:two}{port:one}' } }), ['one', 'two']);
  });
});

/** A proxy of a few lines, which passes bytes on. */
const FAKE = `import { writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
const [host, port] = 'origin:9000'.split(':');
createServer((near) => {
  const far = connect(port, host);
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(8080, '127.0.0.1', () => console.log('up as ' + process.getuid?.()));
process.on('SIGHUP', () => console.log('read again'));
process.on('SIGTERM', () => {});
process.on('SIGINT', () => process.exit(0));
if (process.env.TELL) writeFileSync(process.env.TELL, String(process.pid));
`;

describe('a proxy that is installed here', { skip: process.platform === 'win32' && 'no process groups' }, () => {
  let folder: string;
  let surroundings: TestSurroundings;
  let known: Awaited<ReturnType<typeof listProxies>>;
  before(async () => {
    known = await listProxies();
    folder = await mkdtemp(join(tmpdir(), 'wsproof-local-test-'));
    await chmod(folder, 0o777);
    surroundings = await openSurroundings('local');
  });
  after(async () => {
    await surroundings.close();
    await rm(folder, { recursive: true });
  });

  /** A folder with a proxy.yaml. */
  async function described(name: string, source: string, more: string[] = [], program = 'node'): Promise<string> {
    const path = join(folder, name);
    await mkdir(path);
    await writeFile(join(path, 'fake.mjs'), source);
    const lines = [
      `name: ${name}`,
      'homepage: https://example.com',
      'image: none',
      'listen: { ws: 8080 }',
      `version: { run: [${program}, --version], match: 'v([\\d.]+)' }`,
      'local:',
      `  command: [${program}, '{dir}/etc/fake.mjs']`,
      "  reload: [kill, -HUP, '{pid}']",
      '  terminate: SIGINT',
      ...more,
      'variants: { plain: { files: { fake.mjs: /etc/fake.mjs } } }',
    ];
    await writeFile(join(path, 'proxy.yaml'), `${lines.join('\n')}\n`);
    return path;
  }

  const load = async (path: string) => (await loadTargets([path], { runtime: 'local', env: {} }))[0]!;

  it('runs on a free port, tells its version and its log, reloads, and ends when it is asked to', async () => {
    const target = await load(await described('fake', FAKE));
    assert.equal(target.id, 'fake:plain/ws');
    assert.deepEqual(target.originNeeds, {});
    const running = await target.start(surroundings);
    try {
      assert.equal(running.endpoint.host, '127.0.0.1');
      assert.notEqual(running.endpoint.port, 8080);
      assert.equal(running.version, process.versions.node);
      const { response, dispose } = await handshake(running.endpoint, KEY);
      dispose();
      assert.equal(response.status, 101);
      assert.match(await running.log(), process.getuid?.() === 0 ? /^up as 65534/ : /^up as/);
      await running.reload!();
      while (!/read again/.test(await running.log())) await new Promise(setImmediate);
      assert.equal(await running.obituary(), undefined);
      await running.terminate!();
      while ((await running.obituary()) === undefined) await new Promise(setImmediate);
      assert.equal(await running.obituary(), 'exited with code 0');
    } finally {
      await running.stop();
    }
  });

  it('is gone with its files when it is stopped, though it does not want to end', async () => {
    const told = join(folder, 'stopped.pid');
    const running = await (await load(await described('stubborn', FAKE, [`  env: { TELL: '${told}' }`]))).start(
      surroundings,
    );
    const pid = Number(await readFile(told, 'utf8'));
    await running.stop();
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  it('tells the place in the file of the user that it complains of', async () => {
    const path = await described('broken', '// origin:9000\nthis is not JavaScript\n');
    await assert.rejects((await load(path)).start(surroundings), (error: Error) => {
      assert.match(error.message, /^broken:plain\/ws did not start, it exited with code 1: /);
      assert.ok(error.message.includes(`${join(path, 'fake.mjs')}:2`), error.message);
      return true;
    });
  });

  it('is missed when it is not installed', async () => {
    const path = await described('absent', FAKE, ['  also: [no-such-program-2]'], 'no-such-program');
    await assert.rejects((await load(path)).start(surroundings), {
      name: 'EnvironmentError',
      message:
        'absent:plain/ws is not installed here: there is no program "no-such-program" or "no-such-program-2" in PATH.',
    });
  });

  for (const name of ['nginx', 'haproxy', 'caddy', 'traefik', 'envoy', 'lighttpd', 'varnish']) {
    it(`is ${name}, as its fixture says`, async (test) => {
      const { programs = [] } = known.find((proxy) => proxy.name === name)!;
      const program = await findProgram(programs, process.env);
      if (program === undefined) return test.skip(`there is no ${programs.join(' or ')} here`);
      const running = await (await load(name)).start(surroundings);
      try {
        const { response, dispose } = await handshake(running.endpoint, KEY);
        dispose();
        assert.equal(response.status, 101);
        assert.ok(running.version);
        await running.reload?.();
      } finally {
        await running.stop();
      }
    });
  }

  it('cannot be chosen where it cannot be run so', async () => {
    const local = (spec: string) => loadTargets([spec], { runtime: 'local', env: {} });
    await assert.rejects(local('hitch'), /how to run hitch without a container is not known/);
    await assert.rejects(local('nginx@1.26'), /nginx runs as it is installed here; its version cannot be chosen/);
    assert.equal((await local('http-proxy'))[0]!.id, 'http-proxy:websocket/ws');
    assert.deepEqual(
      (await local('http-proxy+nginx')).map(({ spec, flags }) => [spec, flags]),
      [['http-proxy:websocket/ws+nginx:websocket', '--runtime local']],
    );
  });

  it('is ended when whoever started it is killed', async () => {
    const told = join(folder, 'orphan.pid');
    const path = await described('orphan', FAKE, [`  env: { TELL: '${told}' }`]);
    const cli = startCli(['probe', path, '--runtime', 'local', '--probe', 'lifetime/idle', '--idle', '60s']);
    const deadline = performance.now() + 20_000;
    const tick = async (what: string): Promise<void> => {
      if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const exists = () =>
      access(told).then(
        () => true,
        () => false,
      );
    while (!(await exists()) || (await readFile(told, 'utf8')) === '') await tick('it runs');
    const pid = Number(await readFile(told, 'utf8'));
    cli.kill('SIGKILL');
    const lives = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (lives()) await tick('it is gone');
  });
});

describe('a program', () => {
  it('is found in PATH by the first of its names, or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'wsproof-path-'));
    try {
      await writeFile(join(folder, 'second'), '');
      await chmod(join(folder, 'second'), 0o755);
      await writeFile(join(folder, 'third'), '', { mode: 0o644 });
      assert.equal(await findProgram(['first', 'second'], { PATH: folder }), join(folder, 'second'));
      assert.equal(await findProgram(['third'], { PATH: folder }), undefined);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
