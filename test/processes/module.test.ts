import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { EnvironmentError, UsageError } from '../../src/errors.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { RunningTarget, Target } from '../../src/proxies/target.ts';
import { handshake } from '../../src/wire/dial.ts';
import { acceptFor } from '../../src/wire/handshake.ts';
import { openSurroundings, type TestSurroundings } from '../proxies/surroundings.ts';

const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';

/** A relay on TCP, as short as a module proxy can be. */
const RELAY = `
  import { connect, createServer } from 'node:net';
  const server = createServer((client) => {
    const upstream = connect(origin.port, origin.host);
    client.pipe(upstream).pipe(client);
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  });
  let origin;
  export default {
    name: 'relay',
    async start(options) {
      origin = options.origin;
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return { version: '1.2.3', ports: { ws: server.address().port }, close: async () => void server.close() };
    },
  };`;

describe('a proxy that a module starts', () => {
  let folder: string;
  let surroundings: TestSurroundings;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-module-'));
    surroundings = await openSurroundings('module-test');
  });
  after(async () => {
    await surroundings.close();
    await rm(folder, { recursive: true });
  });

  async function moduleTarget(name: string, text: string, suffix = ''): Promise<Target> {
    await writeFile(join(folder, `${name}.mjs`), text);
    return (await loadTargets([`${join(folder, name)}.mjs${suffix}`]))[0]!;
  }

  /** Resolves when the obituary of a target has been written. */
  async function death(running: RunningTarget): Promise<string> {
    for (;;) {
      const obituary = await running.obituary();
      if (obituary !== undefined) return obituary;
      await new Promise(setImmediate);
    }
  }

  it('http-proxy passes a handshake on, under the name of a site', async () => {
    const [target] = await loadTargets(['http-proxy']);
    assert.equal(target!.id, 'http-proxy:websocket/ws');
    assert.equal(target!.config[0]!.path, 'http-proxy/proxy.mjs');
    const running = await target!.start(surroundings);
    try {
      assert.match(running.version!, /^1\.18\./);
      assert.equal(running.endpoint.authority, `wsproof.test:${running.endpoint.port}`);
      const { response, dispose } = await handshake(running.endpoint, KEY);
      dispose();
      assert.equal(response.status, 101);
      assert.equal(response.get('sec-websocket-accept'), acceptFor(KEY));
      assert.equal(await running.obituary(), undefined);
    } finally {
      await running.stop();
    }
    const refused = new Promise((resolve) => connect(running.endpoint).once('error', resolve));
    assert.equal(((await refused) as NodeJS.ErrnoException).code, 'ECONNREFUSED');
  });

  it('http-proxy without an upgrade listener is ready too: a plain request goes through', async () => {
    const [target] = await loadTargets(['http-proxy:no-upgrade-listener']);
    const running = await target!.start(surroundings);
    await running.stop();
  });

  it('is a module of the user, with its variant and its version', async () => {
    const target = await moduleTarget('my-relay', RELAY, ':fast');
    assert.equal(target.id, 'my-relay:fast/ws');
    const running = await target.start(surroundings);
    assert.equal(running.version, '1.2.3');
    await running.stop();
  });

  it('dies its own death when nobody catches its error', async () => {
    const text = RELAY.replace(
      'client.pipe',
      `client.once('data', (head) => {
      if (String(head).includes('die')) setImmediate(() => { throw new TypeError('out of luck'); });
    });
    client.pipe`,
    );
    const running = await (await moduleTarget('mortal', text)).start(surroundings);
    await handshake(running.endpoint, KEY, { target: '/die' }).then(
      ({ dispose }) => dispose(),
      () => {},
    );
    assert.equal(await death(running), 'it threw an error that nobody caught: out of luck');
    assert.match(await running.log(), /TypeError: out of luck\n\s+at /);
    await running.stop();
  });

  it('is told from a module that ends its process', async () => {
    const text = RELAY.replace(
      'client.pipe',
      `client.once('data', (head) => {
      if (String(head).includes('die')) process.exit(3);
    });
    client.pipe`,
    );
    const running = await (await moduleTarget('quitter', text)).start(surroundings);
    await handshake(running.endpoint, KEY, { target: '/die' }).then(
      ({ dispose }) => dispose(),
      () => {},
    );
    assert.equal(await death(running), 'it ended its process with exit code 3');
    await running.stop();
  });

  it('keeps what it prints to its log', async () => {
    const text = RELAY.replace('origin = options.origin;', "origin = options.origin; console.error('listening soon');");
    const running = await (await moduleTarget('talker', text)).start(surroundings);
    assert.equal((await running.log()).trim(), 'listening soon');
    await running.stop();
  });

  const unusable: [what: string, text: string, error: typeof UsageError | typeof EnvironmentError, why: RegExp][] = [
    [
      'exports nothing',
      '',
      UsageError,
      /^no-exports-nothing:default\/ws is not a proxy module: its default export has to be \{ name, start\(options\) \}, but it exports nothing\.$/,
    ],
    ['has no start', 'export default { name: "x" };', UsageError, /but there is no start in it/],
    ['cannot be parsed', 'export default {', UsageError, /it cannot be loaded: Unexpected end of input/],
    [
      'imports what is not there',
      'import "no-such-package";',
      UsageError,
      /it cannot be loaded: Cannot find package 'no-such-package'/,
    ],
    [
      'returns nothing from its start',
      'export default { start() {} };',
      UsageError,
      /its start has to return \{ ports, close\(\) \}/,
    ],
    [
      'serves another transport',
      RELAY.replace('ws:', 'wss:'),
      UsageError,
      /does not serve the transport ws; it serves wss/,
    ],
    [
      'throws at its start',
      'export default { start() { throw new Error("no luck today"); } };',
      EnvironmentError,
      /did not start: no luck today\.$/,
    ],
    [
      'dies at its start',
      'export default { start: () => new Promise(() => setImmediate(() => { throw new Error("gone"); })) };',
      EnvironmentError,
      /did not start: it threw an error that nobody caught: gone\.$/,
    ],
    [
      'ends at its start',
      'export default { start: () => process.exit(2) };',
      EnvironmentError,
      /did not start: it ended its process with exit code 2\.$/,
    ],
  ];
  for (const [what, text, Kind, why] of unusable) {
    it(`is refused when it ${what}`, async () => {
      const target = await moduleTarget(`no-${what.replaceAll(' ', '-')}`, text);
      await assert.rejects(target.start(surroundings), (error) => {
        assert.ok(error instanceof Kind, String(error));
        assert.match(error.message, why);
        return true;
      });
    });
  }

  it('that starts and then dies before it is ready is told by its error', async () => {
    const text = RELAY.replace('client.pipe', "throw new Error('at the first connection');\n    client.pipe");
    const target = await moduleTarget('early', text);
    await assert.rejects(
      target.start(surroundings),
      /early:default\/ws stopped before it was ready: it threw an error that nobody caught: at the first connection\.$/,
    );
  });

  it('is ended when the run is stopped during its start', async () => {
    const stopped = await openSurroundings('stopped');
    try {
      const target = await moduleTarget(
        'endless',
        'export default { start: () => new Promise(() => setInterval(() => {}, 1000)) };',
      );
      const starting = target.start(stopped);
      stopped.abort();
      await assert.rejects(starting, /the run was stopped/);
    } finally {
      await stopped.close();
    }
  });
});
