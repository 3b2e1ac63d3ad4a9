import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cut, plain, wrap } from '../../src/report/terminal/text.ts';

describe('plain', () => {
  for (const [given, shown] of [
    ['as it is: ü → 日本 😀', 'as it is: ü → 日本 😀'],
    ['\x1b[31mred\x07', '\\x1b[31mred\\x07'],
    ['two\r\nlines\tand a tab', 'two\\r\\nlines\\tand a tab'],
    ['\x7f\x9b31m', '\\x7f\\x9b31m'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
    ['half \ud800 pair', 'half \\u{d800} pair'],
    ['::set-output name=a::b', '\\x3a:set-output name=a::b'],
    ['said ::stop-commands::x', 'said \\x3a:stop-commands::x'],
    ['##[error]x', '\\x23#[error]x'],
    ['on ::1 and [::ffff:10.0.0.1]', 'on ::1 and [::ffff:10.0.0.1]'],
  ] as const) {
    it(`shows ${JSON.stringify(given)} as ${shown}`, () => assert.equal(plain(given), shown));
  }
});

it('wrap breaks between words and leaves a long word whole', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  assert.deepEqual(wrap('see https://example.com/a/long/path there', 10), [
    'see',
    'https://example.com/a/long/path',
    'there',
  ]);
});

it('cut counts characters, not code units', () => {
  assert.equal(cut('😀😀😀', 3), '😀😀😀');
  assert.equal(cut('😀😀😀', 2), '😀…');
});
