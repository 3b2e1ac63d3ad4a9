import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { UsageError } from '../../src/errors.ts';
import { parseYaml, readYaml } from '../../src/yaml/yaml.ts';

const shape = z.strictObject({
  timeout: z.int().min(1).max(600).optional(),
  level: z.enum(['must', 'should']).optional(),
  files: z.record(z.string().regex(/^[a-z.]+$/, 'a file name'), z.string()).optional(),
  ports: z.array(z.int()).min(1).optional(),
  fix: z.union([z.strictObject({ text: z.string() }), z.array(z.strictObject({ text: z.string() }))]).optional(),
  wait: z.union([z.number(), z.literal('never')]).optional(),
});

/** The message of the refusal, line by line. */
function faults(text: string): string[] {
  try {
    parseYaml(text, 'a.yaml', shape);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.message.split('\n');
  }
  throw new assert.AssertionError({ message: 'it was accepted' });
}

describe('a YAML file of a user', () => {
  it('is accepted with a byte order mark, CRLF and comments', () => {
    const { value, at } = parseYaml('\uFEFF# hello\r\ntimeout: 5\r\nfiles:\r\n  a.conf: /a\r\n', 'a.yaml', shape);
    assert.deepEqual(value, { timeout: 5, files: { 'a.conf': '/a' } });
    assert.equal(at('files', 'a.conf'), 'a.yaml:4:3');
    assert.equal(at('files', 'b.conf'), 'a.yaml:3:1');
  });

  const refused: [what: string, text: string, ...faults: string[]][] = [
    [
      'an unknown key',
      'tiemout: 5\n',
      'a.yaml:1:1: tiemout: expected one of "timeout", "level", "files", "ports", "fix", "wait", got "tiemout". Did you mean "timeout"?',
    ],
    ['another type', 'timeout: soon\n', 'a.yaml:1:1: timeout: expected a number, got "soon"'],
    ['half of a whole number', 'timeout: 1.5\n', 'a.yaml:1:1: timeout: expected a whole number, got 1.5'],
    ['a value out of its range', 'timeout: 0\n', 'a.yaml:1:1: timeout: expected a number of at least 1, got 0'],
    ['a number that is none', 'timeout: .nan\n', 'a.yaml:1:1: timeout: expected a number, got NaN'],
    ['a word of no list', 'level: might\n', 'a.yaml:1:1: level: expected one of "must", "should", got "might"'],
    ['a list that is empty', 'ports: []\n', 'a.yaml:1:1: ports: expected a list of at least 1, got an empty list'],
    ['a wrong item', 'ports:\n  - 80\n  - x\n', 'a.yaml:3:5: ports.1: expected a number, got "x"'],
    ['a wrong key of a record', 'files:\n  A: x\n', 'a.yaml:2:3: files.A: expected a file name, got "A"'],
    ['nothing of several forms', 'wait: soon\n', 'a.yaml:1:1: wait: expected a number, or "never", got "soon"'],
    [
      'a fault in one of several forms',
      'fix:\n  txet: x\n',
      'a.yaml:1:1: fix.text: expected a text, got nothing',
      'a.yaml:2:3: fix.txet: expected one of "text", got "txet". Did you mean "text"?',
    ],
    [
      'a key twice',
      'timeout: 1\nlevel: must\ntimeout: 2\n',
      'a.yaml:3:1: the key "timeout" stands here a second time, first at line 1',
    ],
    [
      'a key that reaches the prototype',
      '__proto__: { timeout: 1 }\n',
      'a.yaml:1:1: the key "__proto__" is not allowed',
    ],
    ['a key that is a list', '? [a, b]\n: 1\n', 'a.yaml:1:3: expected a plain key, got a list or keys and values'],
    ['a file without anything', '', 'a.yaml:1:1: expected keys and values, got nothing'],
    [
      'two faults at once, in their order',
      'level: x\ntimeout: y\n',
      'a.yaml:1:1: level: expected one of "must", "should", got "x"',
      'a.yaml:2:1: timeout: expected a number, got "y"',
    ],
  ];
  for (const [what, text, ...expected] of refused) {
    it(`is refused for ${what}`, () => assert.deepEqual(faults(text), expected));
  }

  it('is refused for its syntax, with the place', () => {
    const [first] = faults('timeout: 5\n\tlevel: must\n');
    assert.match(first!, /^a\.yaml:2:1: .*[Tt]ab/);
  });

  it('is refused when its anchors multiply', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((pair) => [...pair])) {
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
    }
    assert.match(faults(`${bomb.join('\n')}\n`)[0]!, /alias/);
  });
});

describe('reading a YAML file', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wsproof-yaml-'));
  });
  after(() => rm(folder, { recursive: true }));

  const unreadable: [what: string, content: Buffer | undefined, why: RegExp][] = [
    ['is not there', undefined, /^f\.yaml: there is no such file\.$/],
    ['is UTF-16', Buffer.from('\uFEFFtimeout: 5', 'utf16le'), /^f\.yaml: it is not UTF-8/],
    ['is large', Buffer.alloc(1024 * 1024 + 1, '#'), /^f\.yaml: it is larger than 1024 KiB\.$/],
  ];
  for (const [what, content, why] of unreadable) {
    it(`says so when it ${what}`, async () => {
      const file = join(folder, `${what.replaceAll(' ', '-')}.yaml`);
      if (content) await writeFile(file, content);
      await assert.rejects(
        readYaml(file, shape, 'f.yaml'),
        (error) => error instanceof UsageError && why.test(error.message),
      );
    });
  }

  it('says so when it is a folder', async () => {
    await assert.rejects(
      readYaml(folder, shape, 'f.yaml'),
      /^UsageError: f\.yaml: it is a folder, and a file is needed\.$/,
    );
  });
});
