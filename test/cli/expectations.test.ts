import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { folder, proxy, wsproof } from './spawn.ts';

const UPGRADE = ['--probe', 'handshake/upgrade,handshake/accept-key', '--timeout', '1s', '--update-expectations'];

/** The folder of a module proxy, and how its proxy.yaml reads. */
async function proxyFolder(test: TestContext, module: string, more = '') {
  const path = await folder(test);
  const file = join(path, 'proxy.yaml');
  await writeFile(join(path, 'proxy.mjs'), `export { default } from ${JSON.stringify(proxy(module))};\n`);
  await writeFile(
    file,
    `name: mine\nhomepage: https://example.com\nmodule: proxy.mjs\nvariants:\n  only: {}   # no other\n${more}`,
  );
  return { path: `${path}/`, read: () => readFile(file, 'utf8') };
}

describe('--update-expectations', () => {
  it('writes down what does not hold, and it is known from then on', async (test) => {
    const { path, read } = await proxyFolder(test, 'dropping');
    const first = await wsproof(['probe', path, ...UPGRADE]);
    assert.equal(first.code, 1);
    assert.match(
      first.stderr,
      /proxy\.yaml: known outcomes written:\n {2}only {2}handshake\/upgrade: fail \(upgrade-headers-dropped\)\n/,
    );
    // What is blocked has no outcome.
    assert.match(
      await read(),
      /\nvariants:\n {2}only:\n {4}# no other\n {4}expect:\n {6}handshake\/upgrade: \{ verdict: fail, symptom: upgrade-headers-dropped \}\n$/,
    );
    const again = await wsproof(['matrix', path, ...UPGRADE]);
    assert.equal(again.code, 0);
    assert.match(again.stderr, /proxy\.yaml: nothing new\.\n/);
  });

  it('makes news of a failure that is known for another cause', async (test) => {
    const { path, read } = await proxyFolder(test, 'dropping');
    const known = (await read()).replace(
      '{}',
      '{ expect: { handshake/upgrade: { verdict: fail, symptom: idle-cut } } }',
    );
    await writeFile(join(path, 'proxy.yaml'), known);
    const { code, stdout } = await wsproof(['probe', path, ...UPGRADE.slice(0, -1)]);
    assert.equal(code, 1, stdout);
    assert.match(stdout.replace(/\n +/g, ' '), /known here is another cause: idle-cut \(upgrade-headers-dropped\)/);
  });

  it('takes out what holds now', async (test) => {
    const { path, read } = await proxyFolder(test, 'good', '    expect: { handshake/upgrade: fail }\n');
    await writeFile(join(path, 'proxy.yaml'), (await read()).replace('only: {}', 'only:'));
    const { code, stderr } = await wsproof(['probe', path, ...UPGRADE]);
    assert.equal(code, 0);
    assert.match(stderr, /only {2}handshake\/upgrade: holds now\n/);
    assert.doesNotMatch(await read(), /expect|proven/);
  });

  for (const [what, args, message] of [
    ['an address', ['ws://127.0.0.1:1/'], /ws:\/\/127\.0\.0\.1:1 has no proxy\.yaml to write to/],
    ['a bare module', [proxy('good')], /good\.js.* has no proxy\.yaml to write to/],
    ['a single try', ['http-proxy', '--retries', '0'], /only what happens again is written down/],
  ] as const) {
    it(`refuses ${what} before anything runs`, async () => {
      const { code, stdout, stderr } = await wsproof(['probe', ...args, '--update-expectations']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, message);
    });
  }
});
