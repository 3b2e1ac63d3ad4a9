import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { proxy, spawned } from '../cli/spawn.ts';
import { openBrowser, withoutBrowser } from './chromium.ts';

/** What is published: the result of the full matrix. */
const PUBLISHED = join(import.meta.dirname, '../../../docs/matrix.html');
/** ms that anything on the page may take. */
const PATIENCE = 15_000;

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly impact: string }[];
}

describe('the page of a matrix that was run', { skip: withoutBrowser() }, () => {
  let browser: Browser;
  let folder: string;
  let axe: string;

  before(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'wsproof-page-'));
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const targets = ['http-proxy', proxy('good'), proxy('dropping')];
    const probes = ['--probe', 'handshake/upgrade,headers/*,messages/*,close/client-code'];
    const reporter = `html=${join(folder, 'matrix.html')}`;
    const { stderr } = await spawned(['matrix', ...targets, ...probes, '--retries', '0', '--reporter', reporter]);
    assert.ok(existsSync(join(folder, 'matrix.html')), stderr);
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page, and collects everything that a page without faults does not do. */
  async function open(file: string, options: BrowserContextOptions = {}, fragment = '') {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', ({ message }) => faults.push(`error: ${message}`));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) faults.push(`request: ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href + fragment);
    return { page, faults, [Symbol.asyncDispose]: () => context.close() };
  }

  for (const [what, fileOf] of [
    ['of a run in this process', () => join(folder, 'matrix.html')],
    ...(existsSync(PUBLISHED) ? [['that is published', () => PUBLISHED] as const] : []),
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`${what} is filtered, opened by the keyboard and by its address, and shuts nobody out (${colorScheme})`, async () => {
        await using opened = await open(fileOf(), { colorScheme });
        const { page, faults } = opened;
        const status = () => page.locator('[role=status]').textContent();
        const title = page.locator('#panel-title');

        const all = await status();
        await page.getByLabel('Filter', { exact: true }).fill('handshake');
        assert.notEqual(await status(), all);
        await page.getByRole('button', { name: 'Clear' }).click();
        assert.equal(await status(), all);

        await page.locator('.grid table').focus();
        for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
        await title.waitFor();
        const opener = await title.textContent();
        const address = new URL(page.url()).hash;
        await page.keyboard.press('Escape');
        assert.equal(await page.locator('#panel').isVisible(), false);

        await using linked = await open(fileOf(), { colorScheme }, address);
        assert.equal(await linked.page.locator('#panel-title').textContent(), opener);

        // In a world of its own, as an extension would be: the page's policy stays in force.
        await linked.page.evaluate(axe);
        const { violations } = (await linked.page.evaluate(
          'axe.run(document, { resultTypes: ["violations"] })',
        )) as AxeResults;
        assert.deepEqual(
          violations.map(({ id, impact }) => `${impact} ${id}`),
          [],
        );
        assert.deepEqual([...faults, ...linked.faults], []);
      });
    }
  }
});
