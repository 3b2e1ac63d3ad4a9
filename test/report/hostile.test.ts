import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Parser } from 'tap-parser';
import { badge, badgeEndpoint } from '../../src/report/badge.ts';
import { ctrf } from '../../src/report/ctrf.ts';
import type { Report } from '../../src/report/document.ts';
import { github } from '../../src/report/github.ts';
import { html } from '../../src/report/html/html.ts';
import { junit } from '../../src/report/junit.ts';
import { markdown } from '../../src/report/markdown.ts';
import { insertTable, markedTable } from '../../src/report/readme.ts';
import { sarif } from '../../src/report/sarif.ts';
import { tap } from '../../src/report/tap.ts';
import { HOSTILE, poisoned, verdictsIn } from './hostile.ts';
import { sample } from './sample.ts';
import { sarifLog } from './sarif-log.ts';
import { everyElement, parseXml } from './xml.ts';

/** The names of the elements and attributes of a document, each once. */
function shapeOf(text: string): string[] {
  const names = [...everyElement(parseXml(text))].flatMap(({ name, attributes }) => [name, ...Object.keys(attributes)]);
  return [...new Set(names)].sort();
}

function scriptsIn(page: string): number {
  return page.match(/<script/gi)!.length;
}

/** Markdown without code, which is the one place where anything may stand. */
function outsideOfCode(text: string): string {
  return text
    .replace(/^(`{3,})[^\n]*\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
    .replace(/<code>[\w\s&#;]*<\/code>/g, '');
}

/** A tag with attributes as the page writes them: in double quotes, which no value can leave. */
const OUR_TAG =
  /^<\/?(!DOCTYPE|html|head|meta|link|title|body|header|main|section|div|noscript|h[1-4]|p|ul|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|span|b|br|code|pre|a|details|summary|svg|line|circle)( (lang|charset|http-equiv|content|name|rel|href|id|class|aria-labelledby|aria-hidden|scope|colspan|title|tabindex|focusable|height|[xy][12]|c[xy]|r)="[^"<>]*")*\/?>$|^<!DOCTYPE html>$/;

/** The same of what is in no way hostile. */
const CALM = {
  junit: shapeOf(junit(sample())),
  badge: shapeOf(badge(sample())),
  commands: github(sample()).trimEnd().split('\n').length,
  scripts: scriptsIn(html(sample())),
};

/** What each format must hold, whatever stands in the report. */
const INERT: Readonly<Record<string, (report: Report) => string>> = {
  junit(report) {
    const text = junit(report);
    assert.deepEqual(shapeOf(text), CALM.junit);
    assert.equal(
      [...everyElement(parseXml(text))].filter(({ name }) => name === 'testcase').length,
      report.cells.length,
    );
    return text;
  },
  tap(report) {
    const text = tap(report);
    const events = Parser.parse(text, { strict: true });
    const count = (test: (result: { ok: boolean; todo: unknown; skip: unknown }) => boolean): number =>
      events.filter(([name, result]) => name === 'assert' && test(result)).length;
    assert.deepEqual(
      events.filter(([name]) => name === 'bailout' || name === 'child'),
      [],
    );
    assert.equal(
      count(() => true),
      report.cells.length,
    );
    assert.equal(
      count(({ ok }) => !ok),
      sample().cells.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').length,
    );
    return text;
  },
  ctrf(report) {
    const text = ctrf(report);
    assert.equal(JSON.parse(text).results.tests.length, report.cells.length);
    return text;
  },
  sarif(report) {
    const text = sarif(report);
    sarifLog.parse(JSON.parse(text));
    return text;
  },
  github(report) {
    const text = github(report);
    const lines = text.trimEnd().split('\n');
    assert.ok(lines.length <= CALM.commands, 'nothing can make a command of its own');
    for (const line of lines) assert.match(line, /^::(error|warning|notice) title=[^:,]*(,file=[^:,]*)?::/);
    return text;
  },
  markdown(report) {
    const text = markdown(report);
    const outside = outsideOfCode(text);
    assert.deepEqual(outside.match(/(?<!\\)<(?!br>|https:\/\/)/g), null, 'no element but ours');
    assert.deepEqual(outside.match(/(?<!\w)@\w/g), null, 'no mention');
    assert.deepEqual(outside.match(/(?<!\\)!?\[(?!Documentation\])/g), null, 'no link and no image but ours');
    for (const row of outside.split('\n').filter((line) => line.startsWith('|'))) {
      assert.equal(row.match(/(?<!\\)\|/g)?.length, report.targets.length + 2, 'as many cells as there are');
    }
    assert.ok(Buffer.byteLength(text) < 1024 * 1024);
    return text;
  },
  readme(report) {
    const text = markedTable(report);
    const once = insertTable(text, report);
    assert.equal(once.match(/^<!-- wsproof:end -->$/gm)?.length, 1);
    assert.equal(once, insertTable(once, report));
    return text;
  },
  badge(report) {
    const text = badge(report);
    assert.deepEqual(shapeOf(text), CALM.badge);
    return text;
  },
  html(report) {
    const text = html(report);
    const outside = text.replace(/<(style|script)[\s\S]*?<\/\1>/g, '');
    assert.equal(scriptsIn(text), CALM.scripts);
    for (const tag of outside.match(/<[^>]*>?/g)!) assert.match(tag, OUR_TAG, 'no element and no attribute but ours');
    for (const [, address] of outside.matchAll(/ href="([^"]*)"/g)) assert.match(address!, /^(#|https:\/\/|data:,$)/);
    for (const [, json] of text.matchAll(/<script type="application\/json" id="[\w-]+">(.*)<\/script>/g))
      JSON.parse(json!);
    return text;
  },
  'badge endpoint': (report) => {
    const text = badgeEndpoint(report);
    JSON.parse(text);
    return text;
  },
};

describe('nothing that a peer sent acts in a report', () => {
  it('the sample has all that can be said, so that all of it is poisoned', () => {
    assert.equal(verdictsIn(sample()).length, 8);
  });

  for (const [what, text] of Object.entries(HOSTILE)) {
    const report = poisoned(sample(), text);
    for (const [format, check] of Object.entries(INERT)) {
      it(`${what} in ${format}`, () => {
        const written = check(report);
        assert.doesNotMatch(written, /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u);
        assert.ok(written.length < 8 * 1024 * 1024, 'what is too long is cut');
      });
    }
  }
});
