import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Report } from '../../src/report/document.ts';
import { html } from '../../src/report/html/html.ts';
import { HOSTILE, poisoned } from '../report/hostile.ts';
import { sample } from '../report/sample.ts';
import { openBrowser, withoutBrowser } from './chromium.ts';

const FINDING = '#cell=nginx@1.22:websocket/wss/handshake/upgrade';

/** ms that anything on the page may take. */
const PATIENCE = 15_000;

describe('the HTML report in a browser', { skip: withoutBrowser() }, () => {
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'wsproof-page-'));
  });
  after(async () => {
    await browser?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Opens a report, and collects everything that a page without faults does not do. */
  async function open(options: BrowserContextOptions = {}, report: Report = sample(), fragment = '') {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    const faults: string[] = [];
    page.on('console', (message) => faults.push(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', ({ message }) => faults.push(`error: ${message}`));
    page.on('dialog', (dialog) => {
      faults.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) faults.push(`request: ${request.url()}`);
    });
    const file = join(folder, `${Math.random()}.html`);
    await writeFile(file, html(report));
    await page.goto(pathToFileURL(file).href + fragment);
    return { page, faults, [Symbol.asyncDispose]: () => context.close() };
  }

  const status = (page: Page) => page.locator('[role=status]').textContent();
  const title = (page: Page) => page.locator('#panel-title').textContent();
  it('filters by words, verdict, group, proxy and difference, and shows all again', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    assert.equal(await status(page), '10 probes × 6 targets');
    await page.getByLabel('Filter', { exact: true }).fill('close');
    assert.equal(await status(page), '1 probe × 6 targets');
    await page.getByLabel('Filter', { exact: true }).fill('nothing like this');
    assert.equal(await status(page), 'Nothing fits this filter.');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: /fail/ }).click();
    assert.equal(await status(page), '2 probes × 2 targets');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Proxy').selectOption('nginx');
    assert.equal(await status(page), '10 probes × 3 targets');
    await page.getByLabel('Group').selectOption('headers');
    assert.equal(await status(page), '2 probes × 3 targets');
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByRole('button', { name: 'Only differences' }).click();
    assert.equal(await status(page), '10 probes × 6 targets');
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await status(page), '10 probes × 6 targets');
    assert.deepEqual(faults, []);
  });

  it('folds groups', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Fold all' }).click();
    assert.equal(await page.locator('.grid tbody tr').count(), 8);
    await page.locator('.grid tr.group th').first().click();
    assert.equal(await page.locator('.grid tbody tr').count(), 10);
    assert.deepEqual(faults, []);
  });

  it('opens a cell by the keyboard, and goes back to it', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.locator('.grid table').focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    assert.equal(await title(page), 'A WebSocket handshake does not get through');
    assert.equal(await page.locator('#panel-title:focus').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('#panel').isVisible(), false);
    assert.equal(await page.locator('.grid table:focus').count(), 1);
    assert.deepEqual(faults, []);
  });

  it('opens a cell by its address: statement, cause, fix, views, frames and command', async () => {
    await using opened = await open({}, sample(), FINDING);
    const { page, faults } = opened;
    const panel = page.locator('#panel');
    assert.equal(await title(page), 'A WebSocket handshake does not get through');
    const text = await panel.innerText();
    for (const part of [
      'upgrade-headers-dropped',
      'proxy_set_header Upgrade',
      'Client sent',
      'Origin saw',
      '--trace',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.equal(await panel.locator('.m-dropped td').first().innerText(), 'Upgrade: websocket');
    assert.equal(await panel.getByText('Log of the proxy').count(), 1);
    assert.equal(await page.evaluate('scrollY'), 0);
    assert.deepEqual(faults, []);
  });

  it('goes on to the next finding, and back in the history', async () => {
    await using opened = await open({}, sample(), FINDING);
    const { page, faults } = opened;
    await page.getByRole('button', { name: 'Next finding' }).click();
    assert.match(page.url(), /#cell=envoy@1\.36:naive\/ws\/handshake\/upgrade$/);
    await page.goBack();
    assert.ok(page.url().endsWith(FINDING));
    assert.equal(await title(page), 'A WebSocket handshake does not get through');
    assert.deepEqual(faults, []);
  });

  it('opens targets and probes from the heads of the table', async () => {
    await using opened = await open();
    const { page, faults } = opened;
    await page.locator('.grid thead th').nth(5).click();
    assert.equal(await title(page), 'http-proxy:websocket/ws');
    await page.locator('.grid tbody tr:not(.group) th').first().click();
    assert.equal(await title(page), sample().probes[0]!.title);
    assert.deepEqual(faults, []);
  });

  it('shows the frames of both ends in the order of their times', async () => {
    await using opened = await open({}, sample(), '#cell=http-proxy:websocket/ws/close/code');
    const rows = await opened.page.locator('.frames tbody tr').allInnerTexts();
    assert.deepEqual(
      rows.map((row) => row.split('\t')[0]),
      ['1.2 ms', '2.1 ms', '2.9 ms', '3.4 ms', '12.8 ms', '14.1 ms'],
    );
  });

  it('copies the lines of the fix', async () => {
    await using opened = await open({ permissions: ['clipboard-read', 'clipboard-write'] }, sample(), FINDING);
    const { page, faults } = opened;
    const button = page.getByRole('button', { name: 'Copy the lines of the configuration' });
    await button.click();
    await page.getByText('Copied').waitFor();
    assert.match(String(await page.evaluate('navigator.clipboard.readText()')), /^proxy_http_version 1\.1;\n/);
    assert.deepEqual(faults, []);
  });

  it('can be read without a script', async () => {
    await using opened = await open({ javaScriptEnabled: false }, sample(), FINDING);
    const { page } = opened;
    assert.equal(await page.locator('table.static').isVisible(), true);
    assert.equal(await page.locator('.toolbar').count(), 0);
    const finding = page.locator('details.finding').first();
    assert.equal(await finding.getByText('upgrade-headers-dropped').isVisible(), true, 'the address opens the finding');
  });

  const settings: readonly BrowserContextOptions[] = [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { colorScheme: 'light', viewport: { width: 390, height: 800 } },
    { colorScheme: 'dark', viewport: { width: 390, height: 800 } },
  ];
  for (const setting of settings) {
    const name = `${setting.colorScheme}${setting.viewport ? ', narrow' : ''}`;
    it(`shuts nobody out (${name})`, async () => {
      const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await using opened = await open(setting, sample(), FINDING);
      const { page, faults } = opened;
      // In a world of its own, as an extension would be: the page's policy stays in force.
      await page.evaluate(axe);
      const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResults;
      assert.deepEqual(
        violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.target} ${nodes[0]?.failureSummary}`),
        [],
      );
      assert.deepEqual(faults, []);
    });
  }

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`is inert with ${what} in it`, async () => {
      await using opened = await open({}, poisoned(sample(), text));
      const { page, faults } = opened;
      await page.locator('.grid td.s-fail').first().click();
      await page.locator('#panel').waitFor();
      assert.equal(await page.locator('img, iframe, object, embed, #panel script').count(), 0);
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      assert.deepEqual(faults, []);
    });
  }
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
  }[];
}
