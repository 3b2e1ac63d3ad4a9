import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { readProxyFolder } from '../../src/proxies/folder.ts';
import { type OwnConfig, readOwnConfig } from '../../src/proxies/own/config.ts';
import { parseMount } from '../../src/proxies/own/mount.ts';
import type { OwnOptions } from '../../src/proxies/own/target.ts';
import { parseUpstream } from '../../src/proxies/own/upstream.ts';
import { compare } from '../../src/runner/verdict.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wsproof-own-'));
});
after(() => rm(folder, { recursive: true }));

/** Writes files below a folder of their own, and reads the first of them as the configuration of a proxy. */
async function readAs(
  proxy: string,
  files: Readonly<Record<string, string>>,
  mounts: readonly string[] = [],
): Promise<OwnConfig> {
  const own = await mkdtemp(join(folder, `${proxy}-`));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(own, name)), { recursive: true });
    await writeFile(join(own, name), text);
  }
  return readOwnConfig(await readProxyFolder(join(FIXTURES, proxy)), 'websocket', {
    file: join(own, Object.keys(files)[0]!),
    mounts: mounts.map((mount) => parseMount(join(own, mount))),
    host: 'example.com',
  });
}

const targets = ({ files }: OwnConfig): string[] => files.map(({ target }) => target);
const contents = ({ files }: OwnConfig, path: string): string =>
  files.find(({ target }) => target === path)!.bytes.toString();

describe("a user's configuration", () => {
  it('goes where the proxy reads it, whole or as a server alone', async () => {
    assert.deepEqual(targets(await readAs('nginx', { 'a.conf': 'events {}\nhttp {}' })), ['/etc/nginx/nginx.conf']);
    assert.deepEqual(targets(await readAs('nginx', { 'a.conf': '# http {\nserver { listen 80; }' })), [
      '/etc/nginx/conf.d/default.conf',
    ]);
    assert.deepEqual(targets(await readAs('lighttpd', { 'mine.conf': '' })), [
      Object.values((await readProxyFolder(join(FIXTURES, 'lighttpd'))).descriptor.variants.websocket!.files!)[0],
    ]);
  });

  it('comes with the files that it includes from beside it, and those with theirs', async () => {
    const config = await readAs('nginx', {
      'nginx.conf': 'events {}\nhttp {\n  include mime.types;\n  include /etc/nginx/conf.d/*.conf;\n}',
      'conf.d/site.conf': 'server { include snippets/ws.conf; }',
      'conf.d/other.conf': '',
      'conf.d/notes.txt': '',
      'snippets/ws.conf': 'proxy_http_version 1.1;',
    });
    assert.deepEqual(targets(config), [
      '/etc/nginx/nginx.conf',
      '/etc/nginx/conf.d/other.conf',
      '/etc/nginx/conf.d/site.conf',
      '/etc/nginx/snippets/ws.conf',
    ]);
    assert.equal(config.configuration.length, 4);
    assert.deepEqual(config.notes, []);
  });

  it('reads nothing from above the file, and no folder as a file', async () => {
    const config = await readAs('nginx', {
      'deep/nginx.conf': 'events {}\nhttp { include ../above.conf; include /etc/nginx/../up.conf; include conf.d/*; }',
    });
    const above = dirname(dirname(config.configuration[0]!.shown));
    await writeFile(join(above, 'above.conf'), '# secret');
    await mkdir(join(above, 'deep/conf.d/folder'), { recursive: true });
    await writeFile(join(above, 'deep/conf.d/one'), '# one');
    const { descriptor } = await readProxyFolder(join(FIXTURES, 'nginx'));
    const file = join(above, 'deep/nginx.conf');
    const again = await readOwnConfig({ descriptor, path: '' }, 'websocket', { file, mounts: [], host: 'a.test' });
    assert.deepEqual(targets(again), ['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/one']);
  });

  it('has the files that are mounted for it, and reads those that it includes', async () => {
    const config = await readAs(
      'nginx',
      { 'nginx.conf': 'events {}\nhttp { include /opt/sites/*.conf; }', 'sites/a.conf': '# one', 'sites/deep/b': 'b' },
      ['sites:/opt/sites/'],
    );
    assert.deepEqual(targets(config), ['/etc/nginx/nginx.conf', '/opt/sites/a.conf', '/opt/sites/deep/b']);
    assert.deepEqual(
      config.configuration.map(({ target }) => target),
      ['/etc/nginx/nginx.conf', '/opt/sites/a.conf'],
    );
  });

  it('gets the certificates that it names and nobody has, and says so', async () => {
    const config = await readAs('nginx', {
      'nginx.conf':
        'events {}\nhttp { server {\n ssl_certificate /tls/site.crt;\n ssl_certificate_key tls/site.key;\n' +
        ' # ssl_certificate /old.crt;\n ssl_dhparam /tls/dh.pem; } }',
    });
    assert.deepEqual(targets(config), [
      '/etc/nginx/nginx.conf',
      '/tls/site.crt',
      '/etc/nginx/tls/site.key',
      '/tls/dh.pem',
    ]);
    assert.deepEqual(config.notes, [
      '/tls/site.crt is not here, so a certificate was made for example.com.',
      '/etc/nginx/tls/site.key is not here, so a key was made for example.com.',
      '/tls/dh.pem is not here, so a group for Diffie-Hellman was made.',
    ]);
    assert.equal(new X509Certificate(contents(config, '/tls/site.crt')).checkHost('example.com'), 'example.com');
    assert.match(contents(config, '/tls/dh.pem'), /^-----BEGIN DH PARAMETERS-----\nMII/);
  });

  it('keeps the certificates that it has', async () => {
    const config = await readAs(
      'haproxy',
      {
        'haproxy.cfg':
          'frontend web\n bind :443 ssl crt /certs/\n bind :444 ssl crt /new/\n bind :445 ssl crt /a.pem alpn h2',
        'certs/mine.pem': 'mine',
      },
      ['certs:/certs'],
    );
    assert.deepEqual(targets(config).slice(1), ['/certs/mine.pem', '/new/site.pem', '/a.pem']);
    assert.match(contents(config, '/a.pem'), /BEGIN CERTIFICATE[\s\S]+BEGIN PRIVATE KEY/);
  });

  it('finds them in other formats', async () => {
    const named = async (proxy: string, text: string) => (await readAs(proxy, { 'a.conf': text })).notes.length;
    assert.equal(await named('caddy', 'example.com {\n\ttls /c.pem /k.pem\n}\na.test {\n\ttls internal\n}'), 2);
    assert.equal(await named('traefik', 'tls:\n  certificates:\n    - certFile: /c.crt\n      keyFile: /k.key\n'), 2);
    assert.equal(await named('apache', '<VirtualHost *:443>\n  SSLCertificateFile "/c.pem"\n</VirtualHost>'), 1);
    const envoy = '- certificate_chain:\n    filename: /c.pem\n  private_key: { filename: "/k.pem" }\n';
    assert.equal(await named('envoy', envoy), 2);
  });

  it('gets what its proxy would have ordered', async () => {
    const config = await readAs('caddy', { Caddyfile: 'example.com {\n\treverse_proxy app:3000\n}\n' });
    const crt = targets(config).find((path) => path.endsWith('/example.com/example.com.crt'));
    assert.ok(crt);
    assert.equal(new X509Certificate(contents(config, crt)).checkHost('example.com'), 'example.com');
  });
});

describe('the options of a configuration', () => {
  const options = (more: Partial<OwnOptions>): OwnOptions => ({
    file: join(folder, 'none.conf'),
    originAs: [],
    ports: [],
    mounts: [],
    ...more,
  });
  const load = (spec: string, more: Partial<OwnOptions> = {}) => loadTargets([spec], { own: options(more), env: {} });

  it('are refused where they mean nothing', async () => {
    await assert.rejects(load('nginx'), /--config-file: .*none\.conf: there is no such file\.$/);
    await assert.rejects(load('nginx:naive'), /a variant or a --config-file, not both/);
    await assert.rejects(load('http-proxy'), /reads no configuration file/);
    await assert.rejects(load('wss://example.com'), /--config-file is for a proxy in a container/);
    await assert.rejects(load('nginx', { path: 'ws' }), /--path: "ws" is no path/);
    await assert.rejects(load('nginx', { mounts: ['certs'] }), /--mount: "certs" is not of the form/);
    await assert.rejects(load('nginx', { originAs: ['10.0.0.7:80'] }), /address of another machine/);
    await assert.rejects(load('nginx', { originAs: ['app:99999'] }), /"app:99999" is no upstream/);
  });

  it('make a target of each listener, which can be named again', async () => {
    const file = join(folder, 'nginx.conf');
    await writeFile(file, 'events {}\n');
    const own = options({ file, originAs: ['app:3000'], ports: [80, 443], host: 'a.test', path: '/it’s' });
    const found = await loadTargets(['nginx@1.26'], { own, env: {} });
    assert.deepEqual(
      found.map(({ id, transport }) => [id, transport]),
      [
        ['nginx@1.26:nginx.conf:80', 'ws'],
        ['nginx@1.26:nginx.conf:443', 'wss'],
      ],
    );
    assert.equal(
      found[1]!.spec,
      `nginx@1.26 --config-file ${file} --origin-as app:3000 --port 443 --host a.test --path '/it’s'`,
    );
    assert.equal(found[0]!.config[0]!.text, 'events {}\n');
  });

  it('know what the proxy does in any case, and that a better outcome is no news', async () => {
    const file = join(folder, 'known.conf');
    await writeFile(file, 'events {}\n');
    const { descriptor } = await readProxyFolder(join(FIXTURES, 'nginx'));
    const [probe = '', [outcome] = []] = Object.entries(descriptor.variants.websocket!.expect!)[0]!;
    const [target] = await loadTargets(['nginx'], { own: options({ file }), env: {} });
    const expected = target!.expected(probe, '1.30.6')!;
    assert.equal(expected.elsewhere, true);
    assert.equal(expected.because, outcome!.because);
    assert.equal(target!.expected('no/probe', '1.30.6'), undefined);
    assert.deepEqual(compare('pass', expected), { known: false });
    assert.deepEqual(compare(expected.verdict, expected), { known: true });
  });

  it('are told no lines that the configuration has already', async () => {
    const file = join(folder, 'standing.conf');
    const fixOf = async (config: string, symptom = 'upgrade-headers-dropped', proxy = 'nginx') => {
      await writeFile(file, config);
      const [target] = await loadTargets([proxy], { own: options({ file }), env: {} });
      return target!.fix(symptom, undefined)!;
    };
    const map = "map $http_upgrade $connection_upgrade {\n  default upgrade;\n  '' close;\n}\n";
    const version = 'proxy_http_version   1.1;\n';
    const fields = 'proxy_set_header Upgrade $http_upgrade;\nproxy_set_header Connection $connection_upgrade;\n';

    const none = await fixOf(`# ${version}#${fields.replace('\n', '\n#')}`);
    assert.match(none.config!, /proxy_http_version 1\.1;/);
    assert.doesNotMatch(none.text, /already/);
    const some = await fixOf(`${version}proxy_set_header Connection $connection_upgraded;\n`);
    assert.match(some.text, /Some of it is there already: \S*standing\.conf:1\.$/);
    assert.ok(some.config);
    const all = await fixOf(`# a server\n${map}${version}${fields}`);
    assert.match(
      all.text,
      /^nginx drops hop-by-hop fields .* has this already, at (\S+:2, )(\S+:6, )(\S+:7, )\S+:8: either /,
    );
    assert.equal(all.config, undefined);
    const apache = await fixOf(
      'ProxyPass "/" "http://app:3000/" upgrade=websocket\nProxyPassReverse "/" "http://app:3000/"\n',
      'upgrade-headers-dropped',
      'apache',
    );
    assert.match(apache.text, /has this already, at \S+:1, \S+:2:/);
  });

  it('read an upstream', () => {
    const read = (text: string) => {
      const { host, port, loopback } = parseUpstream(text);
      return [host, port, loopback];
    };
    assert.deepEqual(read('app:3000'), ['app', 3000, false]);
    assert.deepEqual(read('my_app.internal'), ['my_app.internal', 80, false]);
    assert.deepEqual(read('127.0.0.1:3000'), ['127.0.0.1', 3000, true]);
    assert.deepEqual(read('localhost:3000'), ['localhost', 3000, true]);
    assert.deepEqual(read('[::1]:3000'), ['::1', 3000, true]);
  });

  it('read a mount', () => {
    assert.deepEqual(parseMount('./certs:/etc/ssl/site/'), { source: './certs', target: '/etc/ssl/site' });
    assert.deepEqual(parseMount('C:\\certs:/etc/ssl:ro'), { source: 'C:\\certs', target: '/etc/ssl' });
  });
});
