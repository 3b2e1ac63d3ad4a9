import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { type Ended, folder, proxy, wsproof } from './spawn.ts';

/** A folder with a configuration, and two proxies beside it. */
async function project(test: TestContext, config: string, name = 'wsproof.config.yaml'): Promise<string> {
  const path = await folder(test);
  for (const one of ['good', 'dropping']) {
    await writeFile(join(path, `${one}.mjs`), `export { default } from ${JSON.stringify(proxy(one))};\n`);
  }
  await writeFile(join(path, name), config);
  return path;
}

const QUICK = 'probe: [handshake/upgrade]\ntimeout: 10s\nretries: 0\n';
const TARGETS = 'targets: [./good.mjs, ./dropping.mjs]\n';
const reportOf = ({ stdout, stderr }: Ended): Report => reportSchema.parse(JSON.parse(stdout || `{"${stderr}":0}`));

describe('wsproof.config', { concurrency: 3 }, () => {
  it('says what matrix runs, what it expects, and where reports go', async (test) => {
    const expectations = `expectations:
  - { target: "dropping:*", probe: handshake/upgrade, reason: the old machines }
  - { target: "good:*", probe: handshake/upgrade, reason: it was broken }
`;
    const reporter = 'reporter: { json: report.json, markdown: report.md }\nstream: results.ndjson\n';
    const path = await project(test, TARGETS + QUICK + expectations + reporter);
    const { code, stdout, stderr } = await wsproof(['matrix'], { cwd: path });
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout.replaceAll('\n', ' '), /expectation for handshake\/upgrade at good:\* is stale/);
    assert.match(stdout.replaceAll('\n', ' '), /1 known finding, nothing new/);
    const report = reportSchema.parse(JSON.parse(await readFile(join(path, 'report.json'), 'utf8')));
    assert.deepEqual(
      report.cells.map(({ target, verdict, known }) => [target, verdict, known]),
      [
        ['good:default/ws', 'pass', false],
        ['dropping:default/ws', 'fail', true],
      ],
    );
    assert.match(await readFile(join(path, 'report.md'), 'utf8'), /Known: the old machines\./);
    assert.match(await readFile(join(path, 'results.ndjson'), 'utf8'), /^\{"begin":/);
  });

  it('stands back for flags, and for the environment', async (test) => {
    const path = await project(test, `targets: [./good.mjs]\n${QUICK}seed: 7\n`);
    const [usual, flag, env] = await Promise.all([
      wsproof(['matrix', '--json'], { cwd: path }),
      wsproof(['matrix', './dropping.mjs', '--json', '--seed', '8', '--probe', 'messages/text'], { cwd: path }),
      wsproof(['matrix', '--json'], { cwd: path, env: { WSPROOF_SEED: '9' } }),
    ]);
    assert.deepEqual(
      [usual!, flag!, env!].map((ended) => reportOf(ended).run.seed),
      [7, 8, 9],
    );
    assert.deepEqual(
      reportOf(flag!).targets.map(({ proxy: name }) => name),
      ['dropping'],
    );
    assert.ok(reportOf(flag!).probes.some(({ id }) => id === 'messages/text'));
  });

  it('is not read with --no-config', async (test) => {
    const path = await project(test, 'jobs: none\n');
    const args = ['matrix', './good.mjs', '--probe', 'handshake/upgrade'];
    const [without, withIt] = await Promise.all([
      wsproof([...args, '--no-config'], { cwd: path }),
      wsproof(args, { cwd: path }),
    ]);
    assert.deepEqual([without!.code, withIt!.code], [0, 2]);
    assert.match(withIt!.stderr, /wsproof\.config\.yaml:1:1: jobs: expected a number, got "none"/);
  });

  it('in another folder has its paths from there', async (test) => {
    const path = await project(test, `${TARGETS + QUICK}reporter: { json: out/report.json }\n`, 'mine.yaml');
    await mkdir(join(path, 'out'));
    const { code, stderr } = await wsproof(['matrix', '--config', join(basename(path), 'mine.yaml')], {
      cwd: dirname(path),
    });
    assert.equal(code, 1, stderr);
    const report = reportSchema.parse(JSON.parse(await readFile(join(path, 'out/report.json'), 'utf8')));
    assert.equal(report.cells.length, 2);
  });

  it('may be a module, with targets that are spelled out', async (test) => {
    const targets = [
      { proxy: 'nginx', versions: ['1.18', '1.30'], variants: ['websocket', 'naive'], transports: ['wss'] },
    ];
    const path = await project(test, `export default ${JSON.stringify({ targets })};`, 'wsproof.config.mjs');
    const { stdout } = await wsproof(['matrix', '--plan'], { cwd: path });
    assert.deepEqual(
      [...stdout.matchAll(/nginx@\S+/g)].map(([id]) => id),
      ['1.18:websocket', '1.18:naive', '1.30:websocket', '1.30:naive'].map((one) => `nginx@${one}/wss`),
    );
  });

  it('says where the origin of an address is, and who is to be trusted', async (test) => {
    const config = 'targets: [wss://127.0.0.1:1/]\norigin: local:65000\nca: no-such.pem\n';
    const path = await project(test, config);
    const { code, stderr } = await wsproof(['matrix'], { cwd: path });
    assert.equal(code, 2);
    assert.match(stderr, /no-such\.pem cannot be read/);
    await writeFile(join(path, 'wsproof.config.yaml'), config.replace(/ca:.*\n/, ''));
    const plan = await wsproof(['matrix', '--plan', '--preset', 'full'], { cwd: path });
    assert.doesNotMatch(plan.stdout, /needs the reference origin/);
  });

  it('says what addresses are asked with, and a flag says it instead', async (test) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.cookie);
      response.writeHead(401).end();
    });
    server.on('upgrade', ({ headers }, socket) => {
      asked.push(headers.cookie);
      socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      const header = 'header: { Cookie: session=opensesame, X-Tenant: edge }\n';
      const path = await project(test, `targets: [ws://127.0.0.1:${port}/]\n${QUICK}${header}`);
      const { code, stdout, stderr } = await wsproof(['matrix', '--json', '--trace'], { cwd: path });
      assert.equal(code, 1, stderr);
      assert.deepEqual([...new Set(asked.splice(0))], ['session=opensesame']);
      assert.doesNotMatch(stdout + stderr, /opensesame/);
      assert.match(stdout, /--header 'Cookie: …' --header 'X-Tenant: …' --probe/);
      await wsproof(['matrix', '--header', 'Cookie: session=other'], { cwd: path });
      assert.deepEqual([...new Set(asked)], ['session=other']);
    } finally {
      server.close();
    }
  });

  for (const [config, message] of [
    ['header:\n  Cookie: 12345678', /:2:3: header\.Cookie: expected a text, got something that is not shown$/m],
    ['header: "Cookie: s3cret"', /header: expected keys and values, got something that is not shown$/m],
    ['header: { Upgrade: websocket }', /header\.Upgrade: expected a field that probes do not write themselves/],
    ['targets: [ngin]', /wsproof\.config\.yaml:1:11: There is no proxy "ngin"\. Did you mean "nginx"\?/],
    ['targets:\n  - nginx\n  - nginx:naiv', /:3:5: "nginx:naiv": nginx has no variant "naiv"\. Did you mean "naive"\?/],
    ['targets: [http-proxy]\nskip:\n  - handshake/upgrad', /:3:5: --skip: no probe matches "handshake\/upgrad"/],
    ['targets: [./no-such.mjs]', /:1:11: "\.\/no-such\.mjs": there is no file/],
  ] as const) {
    it(`says where it names what there is not: ${JSON.stringify(config)}`, async (test) => {
      const { code, stderr } = await wsproof(['matrix'], { cwd: await project(test, config) });
      assert.equal(code, 2);
      assert.match(stderr, message);
    });
  }
});
