import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exitCode } from '../../src/cli/exit.ts';
import { probes } from '../../src/probes/index.ts';
import { defineProbe, type Probe } from '../../src/probes/probe.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { labelled, openEngine } from '../../src/proxies/engine.ts';
import { TARGET } from '../../src/proxies/labels.ts';
import type { Cell, Report } from '../../src/report/document.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

const IMAGE = `${NGINX}:1.30`;
const PROBES = ['handshake/upgrade', 'messages/text', 'test/outlives'];
const RIGHT =
  'events {} http { server { listen 8080; location / { proxy_pass http://origin:9000; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade; } } }';
/** nginx, until there is a file that tells it to use all the memory that it can get. */
const GREEDY = "nginx -g 'daemon off;' & until [ -e /tmp/greedy ]; do sleep 0.1; done; exec tail /dev/zero";

/** What is done to a container that runs, which it does not survive. */
type Deed = (id: string) => Promise<unknown>;

/** A probe that is in the middle of its work when this has happened. */
const outliving = (deed: Promise<unknown>): Probe =>
  defineProbe({
    id: 'test/outlives',
    title: 'A connection outlives what is done to the proxy',
    failure: 'A connection does not outlive what is done to the proxy',
    level: 'should',
    spec: ['rfc6455#section-7.3'],
    needs: ['handshake/upgrade'],
    timeout: 60_000,
    async run({ dial }) {
      const socket = await dial();
      await Promise.race([socket.link.ended, deed]);
      await socket.echo('still here');
    },
    why: 'What is under test is the run, and not the proxy.',
  });

/** A verdict, and when it is a surprise, why. */
const told = ({ verdict, summary, actual = '' }: Cell): string =>
  verdict === 'pass' ? verdict : `${verdict}: ${summary} ${actual}`.trim();

describe('what befalls a proxy in mid-run', { timeout: LONGEST, skip: await whySkip([IMAGE]), concurrency: 2 }, () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-deaths-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** A run of this proxy and of one that nothing happens to; when the first one is ready, the deed is done. */
  async function probed(name: string, config: string, command?: string, deed?: Deed): Promise<Report> {
    const path = join(folder, name);
    await mkdir(path);
    await writeFile(join(path, 'my.conf'), config);
    const words = command === undefined ? '' : `    command: [sh, -c, ${JSON.stringify(command)}]\n`;
    await writeFile(
      join(path, 'proxy.yaml'),
      `name: ${name}\nhomepage: https://example.com\nimage: ${IMAGE}\nlisten: { ws: 8080 }\nvariants:\n  only:\n    files: { my.conf: /etc/nginx/nginx.conf }\n${words}`,
    );
    const targets = await loadTargets([path, 'http-proxy'], { env: {} });
    const [mine] = targets;
    let begin: (() => void) | undefined;
    const ready = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const done = ready.then(async () => {
      const client = await openEngine();
      const [container] = await labelled(client, `${TARGET}=${mine!.id}`);
      await deed?.(container!.Id);
      await client.container.getById(container!.Id).wait();
    });
    const report = await run({
      plan: planRun([...probes, outliving(deed ? done : Promise.resolve())], targets, { probe: PROBES }),
      toolVersion: '0',
      command: 'wsproof',
      watch: (event) => {
        if (event.kind === 'ready' && event.target === mine && deed) begin?.();
      },
    });
    const others = report.cells.filter(({ target }) => target !== mine!.id);
    assert.deepEqual(others.map(told), ['pass', 'pass', 'pass'], 'the other target is probed to the end');
    assert.equal(report.run.status, 'complete');
    return report;
  }

  const ofFirst = ({ cells, targets }: Report): string[] =>
    cells.filter(({ target }) => target === targets[0]!.id).map(told);

  it('somebody kills it: it is started again and probed to the end, and that is told (exit code 3)', async () => {
    const report = await probed('killed', RIGHT, undefined, async (id) =>
      (await openEngine()).container.getById(id).kill(),
    );
    assert.equal(
      report.targets[0]!.failure,
      'the proxy was gone once (exited with code 137), and no probe could do that again',
    );
    assert.deepEqual(ofFirst(report), ['pass', 'pass', 'pass']);
    assert.equal(exitCode({ report }), 3);
  });

  it('the kernel kills it for its memory, and that is told as such (exit code 3)', async () => {
    const report = await probed('greedy', RIGHT, GREEDY, async (id) => {
      const client = await openEngine();
      const container = client.container.getById(id);
      await container.update({ Memory: 64 << 20, MemorySwap: 64 << 20 });
      await client.container.exec(container, ['touch', '/tmp/greedy']);
    });
    assert.match(report.targets[0]!.failure ?? '', /^the proxy was gone once \(killed: out of memory\)/);
    assert.equal(exitCode({ report }), 3);
  });

  it('it ends by itself each time that it is started: the sentence has its last words (exit code 3)', async () => {
    const report = await probed('looping', RIGHT, 'sleep 0.2; echo out of luck; exit 7');
    assert.match(report.targets[0]!.failure!, /did not start, it exited with code 7: out of luck$/);
    assert.match(report.run.logs[report.targets[0]!.id]!, /out of luck/);
    for (const cell of ofFirst(report)) assert.match(cell, /^error: /);
    assert.equal(exitCode({ report }), 3);
  });

  it("its configuration is wrong: the sentence has the place in the user's file (exit code 3)", async () => {
    const report = await probed('wrong', '# to origin:9000\nevents { nonsense; }\n');
    assert.match(report.targets[0]!.failure!, /unknown directive "nonsense" in \S*my\.conf:2$/);
    assert.equal(exitCode({ report }), 3);
  });
});
