import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { readRecipe } from '../../src/proxies/recipe.ts';
import { listProxies } from '../../src/proxies/summary.ts';

const YAML = `name: mine
homepage: https://example.com
image: mine:2.0
listen: { ws: 80, wss: 443 }
proven: { version: 1.9.3, date: 2026-01-31 }
variants:
  websocket:
    title: As it should be
    versions: ">=1.5"
    files: { right.conf: /etc/mine.conf }
    command: [run, --fast]
    expect:
      handshake/upgrade: { verdict: fail, versions: "<1.9" }
      lifetime/idle: { verdict: warn, transports: [wss], because: It is short. }
  naive: { files: { right.conf: /etc/mine.conf } }
`;

describe('a recipe', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-recipe-'));
    await writeFile(join(folder, 'proxy.yaml'), YAML);
    await writeFile(join(folder, 'right.conf'), 'to origin:9000\n');
  });
  after(() => rm(folder, { recursive: true }));

  it('is the right configuration, when it was proven and with which version, and what does not hold all the same', async () => {
    assert.deepEqual(await readRecipe(folder), {
      name: 'mine',
      homepage: 'https://example.com',
      version: '1.9.3',
      title: 'As it should be',
      proven: { version: '1.9.3', date: '2026-01-31' },
      files: [{ path: '/etc/mine.conf', text: 'to origin:9000\n' }],
      command: ['run', '--fast'],
      env: {},
      tls: undefined,
      known: [{ probe: 'lifetime/idle', verdict: 'warn', transports: ['wss'], because: 'It is short.' }],
    });
  });

  it('is for the version that is asked for', async () => {
    const { version, known } = await readRecipe(`${folder}/@1.6`);
    assert.equal(version, '1.6');
    assert.deepEqual(
      known.map(({ probe, transports }) => [probe, transports]),
      [
        ['handshake/upgrade', ['ws', 'wss']],
        ['lifetime/idle', ['wss']],
      ],
    );
  });

  const refused: [what: string, text: () => string, message: RegExp][] = [
    ['a mistake', () => `${folder}/:naive`, /a recipe is the right configuration, and that is the variant "websocket"/],
    ['a version that it is not for', () => `${folder}/@1.4`, /There is no recipe for mine 1\.4: it needs >=1\.5\./],
    ['a library', () => 'http-proxy', /http-proxy is a library: .*https:/],
    ['an address', () => 'wss://example.com', /has no proxy\.yaml, and so no recipe/],
    ['a proxy that there is not', () => 'ngnix', /Did you mean "nginx"\?/],
  ];
  for (const [what, text, message] of refused) {
    it(`is refused for ${what}`, () =>
      assert.rejects(readRecipe(text()), (error) => error instanceof UsageError && message.test(error.message)));
  }

  it('is there for each proxy that runs in a container, and leads to the origin', async () => {
    for (const { name, runs } of await listProxies()) {
      if (runs !== 'container') continue;
      const { files } = await readRecipe(name);
      assert.ok(
        files.some(({ text }) => /\borigin\b/.test(text)),
        name,
      );
    }
  });
});
