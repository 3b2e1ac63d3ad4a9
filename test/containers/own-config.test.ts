import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { after, describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { labelled, labelledNetworks, openEngine } from '../../src/proxies/engine.ts';
import { HOST } from '../../src/proxies/labels.ts';
import type { OwnOptions } from '../../src/proxies/own/target.ts';
import type { Report } from '../../src/report/document.ts';
import { sarif } from '../../src/report/sarif.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { isRequired } from '../required.ts';
import { isHere, LONGEST, requiredVersions, whySkip } from './engine.ts';

const CONFIGS = join(import.meta.dirname, '../../../test/configs');
/** What tells right from wrong configurations, and takes a second. */
const PROBES = ['handshake/upgrade', 'handshake/request-target', 'headers/host', 'messages/text', 'lifetime/idle'];

/** A configuration, how it is asked, and what has to come of it. */
interface Case {
  readonly what: string;
  readonly proxy: string;
  readonly file: string;
  readonly options: Partial<OwnOptions>;
  /** Its symptom, by probe; none: all holds. */
  readonly symptoms?: Readonly<Record<string, string>>;
  readonly notes?: readonly string[];
  /** Why it cannot be probed. */
  readonly failure?: RegExp;
}

const CASES: readonly Case[] = [
  {
    what: 'several servers, in files of their own',
    proxy: 'nginx',
    file: 'nginx-servers/nginx.conf',
    options: { originAs: ['chat:4000', 'shop:3000'], host: 'chat.example.com' },
    notes: ['Handshakes came to the origin as chat:4000.', 'Nothing came to it as shop:3000.'],
  },
  {
    what: 'a server that knows nothing of WebSockets',
    proxy: 'nginx',
    file: 'nginx-servers/nginx.conf',
    options: { originAs: ['chat:4000', 'shop:3000'], host: 'shop.example.com' },
    symptoms: { 'handshake/upgrade': 'upgrade-headers-dropped' },
    notes: ['Plain requests came to it as shop:3000.', 'Nothing came to it as chat:4000.'],
  },
  {
    what: 'an upstream that nobody stands in for',
    proxy: 'nginx',
    file: 'nginx-servers/nginx.conf',
    options: { originAs: ['chat:4000'] },
    failure:
      /host not found in upstream "shop" in \S*nginx-servers\/conf\.d\/shop\.conf:7\. .*with --origin-as shop:PORT\.$/,
  },
  {
    what: 'a file that is not here',
    proxy: 'nginx',
    file: 'nginx-missing/site.conf',
    options: { originAs: ['app:3000'] },
    failure: /in \S*nginx-missing\/site\.conf:4\. .*--mount FILE:\/etc\/letsencrypt\/options-ssl-nginx\.conf\.$/,
  },
  {
    what: 'the listener in front of TLS, which sends clients there',
    proxy: 'nginx',
    file: 'nginx-tls/example.com.conf',
    options: { originAs: ['127.0.0.1:3000'], ports: [80], host: 'example.com' },
    symptoms: { 'handshake/upgrade': 'redirected-by-proxy' },
  },
  {
    what: 'TLS, certificates that are elsewhere, and an application on the same machine',
    proxy: 'nginx',
    file: 'nginx-tls/example.com.conf',
    options: { originAs: ['127.0.0.1:3000'], ports: [443], host: 'example.com' },
    notes: [
      '/etc/letsencrypt/live/example.com/fullchain.pem is not here, so a certificate was made for example.com.',
      '/etc/letsencrypt/live/example.com/privkey.pem is not here, so a key was made for example.com.',
      '/etc/letsencrypt/ssl-dhparams.pem is not here, so a group for Diffie-Hellman was made.',
    ],
  },
  {
    what: 'an upstream whose connections are kept, and Connection with them',
    proxy: 'nginx',
    file: 'nginx-keepalive/nginx.conf',
    options: { originAs: ['app:3000', 'app:3001'], ports: [8080] },
    symptoms: { 'handshake/upgrade': 'upgrade-headers-dropped' },
  },
  {
    what: 'a location that matches one path, and gives up after two seconds',
    proxy: 'nginx',
    file: 'nginx-regex/nginx.conf',
    options: { originAs: ['api:8000'], path: '/api/v1/stream' },
    symptoms: { 'lifetime/idle': 'idle-cut' },
  },
  {
    what: "names that are looked up in the engine's DNS, when they are needed",
    proxy: 'nginx',
    file: 'nginx-compose/default.conf',
    options: { originAs: ['frontend:8080', 'my_backend:5000'], path: '/socket.io/' },
    notes: ['Handshakes came to the origin as my_backend:5000.', 'Nothing came to it as frontend:8080.'],
  },
  {
    what: 'a backend for WebSockets, behind TLS',
    proxy: 'haproxy',
    file: 'haproxy/haproxy.cfg',
    options: { originAs: ['app:3000', 'sockets:3000'], ports: [443], host: 'app.example.com' },
    notes: [
      '/etc/haproxy/certs/site.pem is not here, so a certificate with its key was made for app.example.com.',
      'Handshakes came to the origin as sockets:3000.',
      'Nothing came to it as app:3000.',
    ],
  },
  {
    what: 'a site whose certificate would be ordered',
    proxy: 'caddy',
    file: 'caddy/Caddyfile',
    options: { originAs: ['chat:4000', 'api:8000', 'app:3000'], ports: [443], host: 'example.com' },
    notes: ['Handshakes came to the origin as chat:4000.', 'Nothing came to it as api:8000 and app:3000.'],
  },
  {
    what: 'a folder of dynamic configuration',
    proxy: 'traefik',
    file: 'traefik/traefik.yml',
    options: { originAs: ['app:3000'], ports: [443], host: 'app.example.com' },
  },
  {
    what: 'a route for WebSockets without an upgrade',
    proxy: 'envoy',
    file: 'envoy/envoy.yaml',
    options: { originAs: ['app:8080', 'sockets:8080'], ports: [10000], path: '/ws' },
    symptoms: { 'handshake/upgrade': 'answered-by-proxy' },
  },
  {
    what: 'rewrite rules, which refuse an encoded slash',
    proxy: 'apache',
    file: 'apache/httpd.conf',
    options: { originAs: ['app:3000'], host: 'app.example.com' },
    symptoms: { 'handshake/request-target': 'encoded-slash-refused' },
  },
  {
    what: 'a virtual host alone, whose ProxyPass knows nothing of WebSockets',
    proxy: 'apache',
    file: 'apache-site/app.conf',
    options: { originAs: ['localhost:3000'], ports: [443], host: 'app.example.com' },
    symptoms: { 'handshake/upgrade': 'upgrade-headers-dropped' },
  },
];

async function probed({ proxy, file, options }: Case): Promise<Report> {
  const own: OwnOptions = { file: join(CONFIGS, file), originAs: [], ports: [80], mounts: [], ...options };
  const image = process.env[`WSPROOF_IMAGE_${proxy.toUpperCase()}`] || `wsproof-test/${proxy}`;
  const targets = await loadTargets([proxy], { own, images: { [proxy]: image } });
  const plan = planRun(probes, targets, { probe: PROBES });
  return run({ plan, toolVersion: 'test', command: 'test', retries: 0, patience: 3000, idle: 3000 });
}

const imageOf: Readonly<Record<string, string>> = {
  nginx: 'wsproof-test/nginx:1.30',
  haproxy: 'wsproof-test/haproxy:3.2',
  caddy: 'wsproof-test/caddy:2.11',
  traefik: 'wsproof-test/traefik:3.7',
  envoy: 'wsproof-test/envoy:1.40',
  apache: 'wsproof-test/apache:2.4',
};

describe("a user's own configuration, as it is", {
  timeout: LONGEST,
  skip: await whySkip([]),
  concurrency: 3,
}, async () => {
  after(async () => {
    const client = await openEngine();
    const { hostname } = await import('node:os');
    const mine = `${HOST}=${hostname()}`;
    const left = [...(await labelled(client, mine)), ...(await labelledNetworks(client, mine))];
    assert.deepEqual(
      left.filter(({ Labels }) => String(Labels['wsproof.target']).includes(':nginx.conf:')),
      [],
      'nothing is left',
    );
  });

  for (const one of CASES) {
    const skip = await whySkipProxy(imageOf[one.proxy]!);
    if (skip !== false && isRequired('docker')) continue;
    it(`${one.proxy}: ${one.what}`, { skip }, async () => {
      const report = await probed(one);
      const [target] = report.targets;
      if (one.failure) {
        assert.match(target!.failure ?? '', one.failure);
        return;
      }
      assert.equal(target!.failure, undefined);
      const symptoms = report.cells.flatMap(({ probe, symptom }) => (symptom ? [[probe, symptom]] : []));
      assert.deepEqual(Object.fromEntries(symptoms), one.symptoms ?? {});
      const open = report.cells.filter(({ verdict }) => verdict === 'error' || verdict === 'skip');
      assert.deepEqual(open, []);
      if (one.notes) assert.deepEqual(target!.notes, one.notes);
      assert.match(target!.config[0]!.path, new RegExp(`${one.file}$`));
    });
  }

  it('is told the same in each run, whatever its network', { skip: await whySkipProxy(imageOf.nginx!) }, async () => {
    const shop = CASES.find(({ options }) => options.host === 'shop.example.com')!;
    const [cell] = (await probed(shop)).cells;
    const { fields } = cell!.evidence!.originSaw!;
    assert.deepEqual(
      fields.filter(([name]) => name === 'X-Real-IP'),
      [['X-Real-IP', 'CLIENT']],
    );
  });

  it('is where code scanning shows what is wrong with it', { skip: await whySkipProxy(imageOf.nginx!) }, async () => {
    const keepalive = CASES.find(({ file }) => file.startsWith('nginx-keepalive'))!;
    const log = JSON.parse(sarif(await probed(keepalive)));
    const uri: string = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri;
    assert.ok(uri.endsWith(relative(join(CONFIGS, '../..'), join(CONFIGS, keepalive.file))), uri);
  });
});

/** Not every machine has every image: where docker is required, so are those that are built there. */
async function whySkipProxy(image: string): Promise<string | false> {
  const [, proxy, version] = /([\w-]+):(.+)$/.exec(image)!;
  if (requiredVersions(proxy!, [version!]).length > 0) return whySkip([image]);
  return (await isHere(image)) ? false : `The image ${image} is not here (test/images/build.sh).`;
}
