import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { LoadOptions } from '../../src/proxies/load-options.ts';
import { listProxies } from '../../src/proxies/summary.ts';
import { openSurroundings } from './surroundings.ts';

const ids = async (specs: string[], options: LoadOptions = {}): Promise<string[]> =>
  (await loadTargets(specs, { env: {}, ...options })).map(({ id }) => id);

/** The message with which these targets are refused. */
async function refusal(specs: string[], options: LoadOptions = {}): Promise<string> {
  try {
    await loadTargets(specs, { env: {}, ...options });
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message;
  }
  throw new assert.AssertionError({ message: 'they were accepted' });
}

describe('the catalog', () => {
  it('knows a proxy, its usual version, its right variant and its first transport', async () => {
    assert.deepEqual(await ids(['nginx', 'http-proxy']), ['nginx@1.30:websocket/ws', 'http-proxy:websocket/ws']);
  });

  it('takes what is asked for, and a version that it has never heard of', async () => {
    assert.deepEqual(await ids(['nginx@1.18:naive/wss', 'nginx@9.9']), [
      'nginx@1.18:naive/wss',
      'nginx@9.9:websocket/ws',
    ]);
  });

  it('takes the transports of the call for targets that name none', async () => {
    assert.deepEqual(await ids(['nginx', 'nginx:naive/ws'], { transports: ['ws', 'wss', 'h2'] }), [
      'nginx@1.30:websocket/ws',
      'nginx@1.30:websocket/wss',
      'nginx@1.30:naive/ws',
    ]);
  });

  it('takes each target once', async () => {
    assert.deepEqual(await ids(['nginx', 'nginx@1.30:websocket/ws']), ['nginx@1.30:websocket/ws']);
  });

  it('names a target so that its name means the same target', async () => {
    const targets = await loadTargets(['nginx@1.18:naive/wss', 'http-proxy', 'ws://127.0.0.1:8080/chat']);
    for (const { id, spec } of targets) assert.deepEqual(await ids([spec]), [id]);
  });

  it('shows the configuration of a target', async () => {
    const [target] = await loadTargets(['nginx:naive']);
    assert.deepEqual(
      target!.config.map(({ path }) => path),
      ['nginx/naive.conf'],
    );
    assert.match(target!.config[0]!.text, /proxy_pass http:\/\/origin:9000;/);
  });

  it('knows what a target can do', async () => {
    const [nginx, module] = await loadTargets(['nginx', 'http-proxy']);
    assert.deepEqual(nginx!.capabilities, ['stop', 'memory', 'reload']);
    assert.deepEqual(nginx!.originNeeds, { reachableFromContainers: true });
    assert.deepEqual([module!.capabilities, module!.originNeeds], [['stop', 'reload'], {}]);
  });

  it('has the cure of the version that really runs', async () => {
    const [target] = await loadTargets(['nginx:http10-upstream']);
    assert.match(target!.fix('http10-upstream', '1.26.3')!.text, /before 1\.29\.7/);
    assert.match(target!.fix('http10-upstream', '1.30.6')!.text, /Take "proxy_http_version 1\.0" out/);
    assert.match(target!.fix('http10-upstream', undefined)!.text, /Take "proxy_http_version 1\.0" out/);
    assert.equal(target!.fix('no-such-symptom', '1.30.6'), undefined);
  });

  const refused: [specs: string[], options: LoadOptions, message: RegExp][] = [
    [['ngnix'], {}, /^There is no proxy "ngnix"\. Did you mean "nginx"\? There are: .*http-proxy.*nginx/],
    [['nginx:navie'], {}, /^"nginx:navie": nginx has no variant "navie"\. Did you mean "naive"\? It has: websocket, /],
    [['nginx/h2'], {}, /^"nginx\/h2" is not served over h2; it is over: ws, wss\.$/],
    [['nginx'], { transports: ['h2'] }, /^"nginx" is not served over h2; it is over: ws, wss\.$/],
    [['http-proxy@1.17'], {}, /its version cannot be chosen/],
    [['./no-such-folder'], {}, /no-such-folder\/proxy\.yaml: there is no such file\. .*nginx --config-file FILE\.$/],
    [['./no-such-module.mjs'], {}, /there is no file no-such-module\.mjs\.$/],
    [['ws://example.com'], { transports: ['wss'] }, /is not served over wss; it is over: ws\.$/],
    [
      ['nginx'],
      { images: { 'ngnix@1.18': 'x' } },
      /^There is no proxy "ngnix" to take another image for\. Did you mean "nginx"\?/,
    ],
  ];
  for (const [specs, options, message] of refused) {
    it(`refuses ${specs} ${Object.keys(options).length > 0 ? JSON.stringify(options) : ''}`, async () => {
      assert.match(await refusal(specs, options), message);
    });
  }
});

describe('a folder of the user', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-catalog-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** Writes a folder with this proxy.yaml and these files, and returns its path. */
  async function proxy(name: string, yaml: string, files: Record<string, string> = {}): Promise<string> {
    const path = join(folder, name);
    await mkdir(path, { recursive: true });
    for (const [file, text] of Object.entries({ 'proxy.yaml': yaml, ...files }))
      await writeFile(join(path, file), text);
    return path;
  }

  const HEAD = 'name: mine\nhomepage: https://example.com\nimage: mine:2.0\nlisten: { ws: 80, h2: 443 }\n';

  it('is a target like those that come with the tool', async () => {
    const path = await proxy('right', `${HEAD}variants: { only: { files: { a.conf: /etc/a.conf } } }\n`, {
      'a.conf': 'to origin:9000',
    });
    assert.deepEqual(await ids([path, `${path}/@1.0/h2`]), ['mine@2.0:only/ws', 'mine@1.0:only/h2']);
  });

  it('may lead to the origin by its environment or its command, and to two of them', async () => {
    const path = await proxy(
      'words',
      `${HEAD}env: { UPSTREAM: "http://origin:9000" }\nvariants: { two: { origins: 2, command: [run, "origin:9001"] } }\n`,
    );
    const [target] = await loadTargets([path]);
    assert.deepEqual(target!.originNeeds, { reachableFromContainers: true, two: true });
    assert.deepEqual(target!.capabilities, ['stop', 'memory', 'two-origins']);
  });

  it('has the known outcome that fits the version and the transport', async () => {
    const path = await proxy(
      'known',
      `${HEAD}env: { U: "origin:9000" }
variants:
  one:
    expect:
      handshake/upgrade: fail
      handshake/other:
        - { verdict: warn, versions: "<2", because: "old" }
        - { verdict: fail, transports: [h2] }
`,
    );
    const [ws, h2] = await loadTargets([path, `${path}/@2.0:one/h2`]);
    assert.deepEqual(ws!.expected('handshake/upgrade', '9'), { verdict: 'fail' });
    assert.deepEqual(ws!.expected('handshake/other', '1.9'), { verdict: 'warn', because: 'old' });
    assert.equal(ws!.expected('handshake/other', '2.1'), undefined);
    assert.deepEqual(h2!.expected('handshake/other', '2.1'), { verdict: 'fail' });
    assert.equal(ws!.expected('handshake/none', '2.1'), undefined);
  });

  it('may have variants that only some versions understand', async () => {
    const path = await proxy(
      'some',
      `${HEAD}env: { U: "origin:9000" }\nvariants: { one: {}, late: { versions: ">=1.5" } }\n`,
    );
    assert.deepEqual(await ids([`${path}/:late`, `${path}/@1.0`]), ['mine@2.0:late/ws', 'mine@1.0:one/ws']);
    assert.match(
      await refusal([`${path}/@1.0:late`]),
      /the variant "late" of mine is for versions >=1\.5, not for 1\.0\.$/,
    );
  });

  it('says which package its module needs', async () => {
    const path = await proxy(
      'library',
      'name: library\nhomepage: https://example.com\nmodule: m.mjs\npackage: no-such-package\nvariants: { a: {} }\n',
      { 'm.mjs': "import 'no-such-package';" },
    );
    const [target] = await loadTargets([path]);
    const surroundings = await openSurroundings('package-test');
    try {
      await assert.rejects(target!.start(surroundings), {
        name: 'EnvironmentError',
        message: 'library:a/ws needs the package no-such-package, which is not installed: npm install no-such-package.',
      });
    } finally {
      await surroundings.close();
    }
  });

  const wrong: [what: string, yaml: string, ...faults: RegExp[]][] = [
    [
      'neither image nor module',
      'name: a\nhomepage: https://a.test\nvariants: { a: {} }\n',
      /proxy\.yaml:1:1: expected either "image" or "module"$/,
    ],
    [
      'no port',
      'name: a\nhomepage: https://a.test\nimage: a\nvariants: { a: {} }\n',
      /listen: expected the port of at least one transport/,
    ],
    ['no variant', `${HEAD}variants: {}\n`, /proxy\.yaml:5:1: variants: expected at least one variant$/],
    [
      'a transport without a port',
      `${HEAD}variants: { a: { transports: [wss] } }\n`,
      /variants\.a\.transports: expected only transports that "listen" has a port for, not wss/,
    ],
    [
      'a range that is none',
      `${HEAD}variants: { a: {} }\nfixes: { x: { text: t, versions: "~1" } }\n`,
      /fixes\.x\.versions: expected a version range such as "<1\.29\.7" or ">=2\.4 <3", got "~1"$/,
    ],
    [
      'a relative target',
      `${HEAD}variants: { a: { files: { a.conf: etc/a } } }\n`,
      /variants\.a\.files\.a\.conf: expected an absolute path in the container, got "etc\/a"$/,
    ],
    [
      'a verdict that is none',
      `${HEAD}variants: { a: { expect: { x/y: broken } } }\n`,
      /variants\.a\.expect\.x\/y: expected one of "fail", "warn", or keys and values, or a list, got "broken"$/,
    ],
    [
      'a pattern that is none',
      `${HEAD}version: { run: [a], match: "(" }\nvariants: { a: {} }\n`,
      /version\.match: expected a regular expression, got "\("$/,
    ],
    [
      'a file that is not there',
      `${HEAD}variants:\n  a:\n    files: { no.conf: /a }\n`,
      /proxy\.yaml:7:14: .*no\.conf: there is no such file\.$/,
    ],
    [
      'no way to the origin',
      `${HEAD}variants:\n  a: {}\n`,
      /proxy\.yaml:6:3: nothing in the variant "a" leads to the origin; its upstream has to be origin:9000\.$/,
    ],
    [
      'no way to the second origin',
      `${HEAD}env: { U: "origin:9000" }\nvariants:\n  a: { origins: 2 }\n`,
      /its upstream has to be origin:9001\.$/,
    ],
    [
      'no way to the TLS of the origin',
      `${HEAD}env: { U: "origin:9000" }\nvariants:\n  a: { originTls: true }\n`,
      /its upstream has to be origin:9443\.$/,
    ],
    [
      'two faults',
      `${HEAD}variants: { a: { file: 1 } }\nfixes: { x: { txt: t } }\n`,
      /variants\.a\.file: expected one of .*Did you mean "files"\?/,
      /fixes\.x\.txt: .*Did you mean "text"\?/,
    ],
  ];
  for (const [what, yaml, ...faults] of wrong) {
    it(`is refused for ${what}`, async () => {
      const message = await refusal([await proxy('wrong', yaml)]);
      for (const fault of faults)
        assert.ok(
          message.split('\n').some((line) => fault.test(line)),
          message,
        );
    });
  }

  it('must have a name of its own', async () => {
    const yaml = `${HEAD}env: { U: "origin:9000" }\nvariants: { a: {} }\n`;
    assert.match(
      await refusal([await proxy('one', yaml), await proxy('other', yaml)]),
      /are both called mine@2\.0:a\/ws/,
    );
  });
});

describe('the proxies that come with the tool', () => {
  it('load in each variant and over each transport', async () => {
    const specs = (await listProxies()).flatMap(({ name, variants }) =>
      variants.flatMap((variant) => variant.transports.map((transport) => `${name}:${variant.name}/${transport}`)),
    );
    const targets = await loadTargets(specs, { env: {} });
    assert.deepEqual(
      targets.map(({ id }) => id.replace(/@[^:]+/, '')),
      specs,
    );
  });
});
