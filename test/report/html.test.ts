import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { html } from '../../src/report/html/html.ts';
import { assertGolden } from './golden.ts';
import { large } from './large.ts';
import { sample } from './sample.ts';

/** What stands in each element of this name. */
const contentsOf = (page: string, name: string): string[] =>
  [...page.matchAll(new RegExp(`<${name}(?: type="module")?>([\\s\\S]*?)</${name}>`, 'g'))].map(([, text]) => text!);

const dataOf = (page: string, id: string) =>
  JSON.parse(new RegExp(`<script type="application/json" id="${id}">(.*)</script>`).exec(page)![1]!);

describe('the HTML report', () => {
  const page = html(sample());
  const inline = [...contentsOf(page, 'style'), ...contentsOf(page, 'script')];

  it('is the committed one, but for its style and its script', () => {
    const bare = inline
      .reduce((text, part) => text.replace(part, '…'), page)
      .replaceAll(/sha256-[\w+/=]+/g, 'sha256-…');
    assertGolden('report.html', bare);
  });

  it('allows its own style and scripts by their hashes, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'");
    assert.equal(inline.length, 3);
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const [style, first, second] = inline.map(hash);
    assert.equal(
      policy,
      `default-src 'none'; style-src ${style}; script-src ${first} ${second}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    assert.ok(
      page.indexOf('Content-Security-Policy') < page.indexOf('<style>'),
      'the policy comes before what it allows',
    );
  });

  it('asks nobody for anything', () => {
    const [style] = contentsOf(page, 'style');
    assert.doesNotMatch(style!, /url\(|@import/);
    assert.doesNotMatch(page, /\s(src|srcset|action|ping|background|style)=/);
    assert.deepEqual(
      [...page.matchAll(/<link [^>]*>/g)].map(([tag]) => tag),
      ['<link rel="icon" href="data:,">'],
    );
  });

  it('has one script that imports nothing', () => {
    assert.doesNotMatch(contentsOf(page, 'script')[1]!, /^(import|export) /m);
  });

  it('can be read without a script: table, findings with their cure and evidence, values', () => {
    const text = page.replace(/<script[\s\S]*?<\/script>/g, '');
    assert.match(text, /<th scope="row" title="close\/code">Close codes and reasons pass in both directions<\/th>/);
    assert.match(text, /<details class="finding">[\s\S]*upgrade-headers-dropped/);
    assert.match(text, /proxy_set_header Upgrade {4}\$http_upgrade;/);
    assert.match(text, /\n− Upgrade: websocket\n/);
    assert.match(text, /<caption><b>How long a silent connection lives<\/b>/);
    assert.match(text, /could not be probed: The image envoyproxy/);
  });

  it('has an anchor at each finding, so that an address leads there without a script', () => {
    for (const { target, probe, verdict } of sample().cells) {
      if (verdict === 'fail' || verdict === 'warn')
        assert.ok(page.includes(`<li id="cell=${target}/${probe}">`), probe);
    }
  });

  it('holds the matrix as a letter for each cell, and what is to be said of a cell with its target', () => {
    const index = dataOf(page, 'index');
    assert.deepEqual(
      index.cells.map((row: string) => row.length),
      index.probes.map(() => index.targets.length),
    );
    const t = index.targets.findIndex(({ id }: { id: string }) => id === 'http-proxy:websocket/ws');
    const p = index.probes.findIndex(({ id }: { id: string }) => id === 'close/code');
    assert.equal(index.signs[index.cells[p].charCodeAt(t) - 97].name, 'fail');
    const detail = dataOf(page, `target-${t}`).cells[p];
    assert.equal(detail.cause, 'The origin closed with 4404, the client got 1011.');
    assert.deepEqual(
      detail.evidence.frames.map(({ at, side, way }: { at: number; side: string; way: string }) => [at, side, way]),
      [
        [1.2, 'client', 'sent'],
        [2.1, 'origin', 'received'],
        [2.9, 'origin', 'sent'],
        [3.4, 'client', 'received'],
        [12.8, 'origin', 'sent'],
        [14.1, 'client', 'received'],
      ],
    );
  });

  it('keeps a table that would make a browser slow for readers without a script', () => {
    assert.doesNotMatch(page, /<noscript>/);
    assert.match(html(large(130, 100)), /<noscript><table class="static">/);
  });
});
