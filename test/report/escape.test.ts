import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as escaped from '../../src/report/escape.ts';

describe('text from elsewhere', () => {
  it('keeps its letters, line feeds and tabs, and nothing that acts', () => {
    assert.equal(escaped.inert('é 😀 日本\n\tx'), 'é 😀 日本\n\tx');
    assert.equal(
      escaped.inert('\x1b[31m\r\0\u202e\u200b\ufeff\u2028'),
      '\\u{1b}[31m\\u{d}\\u{0}\\u{202e}\\u{200b}\\u{feff}\\u{2028}',
    );
    assert.equal(escaped.inert('a\ud800\uffff'), 'a\\u{d800}\\u{ffff}');
  });

  it('is cut between characters, and says how much is missing', () => {
    assert.equal(escaped.inert('abcdef', 4), 'abcd…(+2 characters)');
    assert.equal(escaped.inert('abc😀def', 4), 'abc…(+5 characters)');
    assert.equal(escaped.inert('abcd', 4), 'abcd');
  });

  it('is one line where there is room for one', () => {
    assert.equal(escaped.inertLine(' a\r\n\tb '), 'a\\u{d} b');
  });

  it('is text in HTML and XML, between tags and in attributes', () => {
    assert.equal(escaped.html(`<a b="c" d='e'>&`), '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    assert.equal(escaped.xml(']]>'), ']]&gt;');
    assert.equal(escaped.xmlAttribute('a\n\tb'), 'a&#10;&#9;b');
  });

  it('cannot end the script that it is in, as JSON', () => {
    const text = escaped.scriptJson({ a: '</script><!-- \u2028 \ud800' });
    assert.doesNotMatch(text, /[<\u2028\u2029\ud800]/);
    assert.deepEqual(JSON.parse(text), { a: '</script><!-- \u2028 \ud800' });
  });

  it('is a link only when it leads to the web', () => {
    assert.equal(escaped.webAddress('https://nginx.org/en/docs/'), 'https://nginx.org/en/docs/');
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://a b',
      '//x',
      'https://x"y',
      'https://x\u202ey',
      'HTTPS:x',
    ]) {
      assert.equal(escaped.webAddress(text), undefined, text);
    }
  });

  it('stays as it is in Markdown where it is harmless', () => {
    assert.equal(escaped.markdown('0.5 s (RFC 6455 §4.1), as-is!'), '0.5 s (RFC 6455 §4.1), as-is!');
  });

  it('begins neither a block nor an element, a link or a mention in Markdown', () => {
    assert.equal(escaped.markdown('# a\n- b'), '\\# a - b');
    assert.equal(escaped.markdown('1. a'), '1\\. a');
    assert.equal(
      escaped.markdown('<b> [x](y) ![z](w) a|b `c` $d$ &lt;'),
      '\\<b\\> \\[x\\](y) !\\[z\\](w) a\\|b \\`c\\` \\$d\\$ \\&lt;',
    );
    assert.equal(escaped.markdown('see https://x.test and www.x.test'), 'see https\\://x.test and www\\.x.test');
    assert.equal(escaped.markdown('ask @org/team, nginx@1.30'), 'ask `@org/team`, nginx@1.30');
  });

  it('cannot leave a code span, a table cell or a code block', () => {
    assert.equal(escaped.markdownCode('a`b'), '``a`b``');
    assert.equal(escaped.markdownCode('`'), '`` ` ``');
    assert.equal(escaped.markdownCode('a\\|b'), '<code>a&#92;&#124;b</code>');
    assert.equal(escaped.markdownCode(''), '');
    assert.equal(escaped.markdownBlock('````\n<!-- wsproof:end -->\n'), '`````\n````\n<! -- wsproof:end -->\n`````');
  });

  it('is a description, a scalar, a message or a property where one is wanted', () => {
    assert.equal(escaped.tap('a # SKIP \\'), 'a \\# SKIP \\\\');
    assert.equal(escaped.yaml('a: "b"\n'), '"a: \\"b\\"\\n"');
    assert.equal(escaped.workflowMessage('100%\n::error::'), '100%25%0A::error::');
    assert.equal(escaped.workflowProperty('a:b,c'), 'a%3Ab%2Cc');
    assert.equal(escaped.sarif('[a](1) {0} \\'), '\\[a\\](1) {{0}} \\\\');
  });
});
