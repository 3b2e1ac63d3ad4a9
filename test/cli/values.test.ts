import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { commandLine } from '../../src/cli/command-line.ts';
import { duration, headers, list, originPlace, pairs, whole } from '../../src/cli/values.ts';

describe('a time', () => {
  for (const [text, ms] of [
    ['500ms', 500],
    ['70s', 70_000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
  ] as const) {
    it(`${text} is ${ms} ms`, () => assert.equal(duration(text), ms));
  }
  for (const text of ['', '70', 's', '-1s', '1e3s', '5 parsecs', '0s', '597h', 'NaNs', '١s']) {
    it(`"${text}" is none`, () => assert.throws(() => duration(text), /A time is/));
  }
});

it('a whole number is within its range', () => {
  assert.equal(whole(0, 10)('10'), 10);
  for (const text of ['', '-1', '11', '1.5', '0x1', '1e1']) assert.throws(() => whole(0, 10)(text), /from 0 to 10/);
});

it('lists grow by commas and by naming the flag again', () => {
  assert.deepEqual(list('c', list('a, b,')), ['a', 'b', 'c']);
  assert.deepEqual(pairs('c=d=e', pairs('a=b')), [
    ['a', 'b'],
    ['c', 'd=e'],
  ]);
  for (const text of ['a', '=b', 'a=']) assert.throws(() => pairs(text), /NAME=VALUE/);
});

it('the place of an origin is none or a port of this machine', () => {
  assert.equal(originPlace('none'), 'none');
  assert.equal(originPlace('remote'), 'remote');
  assert.deepEqual(originPlace('local:9000'), { local: 9000 });
  for (const text of ['local', 'local:', 'local:0', 'local:70000', 'remote:9000', ''])
    assert.throws(() => originPlace(text));
});

it('a field is a name and a value', () => {
  assert.deepEqual(headers('Cookie: a=1; b=2,3'), [['Cookie', 'a=1; b=2,3']]);
  assert.deepEqual(headers('Origin:https://a.example\nX-Key: k\n', [['A', 'b']]), [
    ['A', 'b'],
    ['Origin', 'https://a.example'],
    ['X-Key', 'k'],
  ]);
  for (const text of ['Cookie', ': x', 'A B: c', 'X: \x00'])
    assert.throws(() => headers(text), /a name, a colon and a/);
  assert.throws(
    () => headers('Bearer s3cret'),
    ({ message }: Error) => !message.includes('s3cret'),
  );
  for (const text of ['Upgrade: x', 'content-length: 1']) assert.throws(() => headers(text), /what probes write/);
});

it('a command line can be pasted into a shell', () => {
  assert.equal(
    commandLine(['probe', '--header', 'Cookie: secret', '--header=X-Key: secret']),
    "wsproof probe --header 'Cookie: …' '--header=X-Key: …'",
  );
  assert.equal(commandLine(['probe', "it's", 'handshake/*', 'a=b']), `wsproof probe 'it'\\''s' 'handshake/*' a=b`);
});
