import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { Interruption } from '../../src/cli/interruption.ts';
import { Outlet } from '../../src/cli/outlet.ts';
import { programOf } from '../../src/cli/wsproof.ts';
import { readConfig } from '../../src/config/config-file.ts';
import { blocksOf, commandLines } from './command-lines.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const filesIn = (folder: string): string[] => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`);

const nowhere = (): Outlet => new Outlet(new Writable({ write: (_, __, done) => done() }));

/** Parses a command line as the program does, but runs nothing. @returns what it cannot take */
async function refused(words: readonly string[]): Promise<string | undefined> {
  const session = {
    ...{ out: nowhere(), err: nowhere(), interruption: new Interruption(), version: '0.0.0' },
    ...{ argv: words, conclude: () => {} },
  };
  const [name, ...rest] = words;
  const command = (await programOf(session)).commands.find((one) => one.name() === name);
  if (!command) return `there is no command "${name}"`;
  try {
    const { operands, unknown } = command.parseOptions(rest);
    const most = command.registeredArguments.some(({ variadic }) => variadic)
      ? Infinity
      : command.registeredArguments.length;
    if (operands.length > most) return `too many arguments: ${operands.join(' ')}`;
    return unknown.length > 0 ? `unknown: ${unknown.join(' ')}` : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** All texts in a YAML document that a shell runs. */
function scripts(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(scripts);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    ['run', 'script', 'before_script'].includes(key) ? [value].flat().map(String) : scripts(value),
  );
}

const pages = [...readdirSync(ROOT), ...filesIn('docs')].filter((name) => name.endsWith('.md'));
const workflows = [...filesIn('.github/workflows'), 'templates/github-workflow.yml'];
const yaml = [...workflows, 'templates/wsproof.gitlab-ci.yml', 'action.yml'];

describe('every command that is written down', () => {
  it('is found in a line of a shell', () => {
    assert.deepEqual(commandLines('x=$(npx wsproof matrix "$A b" --json) # all\nnpx wsproof list | head'), [
      ['matrix', '1 b', '--json'],
      ['list'],
    ]);
  });

  it('is told from one that there is not', async () => {
    assert.match((await refused(['matrixx']))!, /no command/);
    assert.match((await refused(['matrix', '--shards', 'x']))!, /whole number/);
    assert.match((await refused(['matrix', '--shrad', '1/2']))!, /unknown: --shrad/);
    assert.match((await refused(['explain', 'a', 'b']))!, /too many/);
  });

  for (const file of yaml) {
    it(`in ${file} is one that there is`, async () => {
      const commands = scripts(parse(read(file))).flatMap((text) => commandLines(text, { COMMAND: 'matrix' }));
      if (!file.endsWith('checks.yml')) assert.ok(commands.length > 0);
      for (const words of commands) assert.equal(await refused(words), undefined, words.join(' '));
    });
  }

  for (const page of pages) {
    const text = read(page);
    it(`in ${page} is one that there is`, async () => {
      const shell = blocksOf(text, ['console', 'sh', 'bash']);
      const yamlScripts = blocksOf(text, ['yaml']).flatMap((block) =>
        parseAllDocuments(block).flatMap((document) => scripts('toJS' in document ? document.toJS() : [])),
      );
      for (const words of [...shell, ...yamlScripts].flatMap((one) => commandLines(one))) {
        assert.equal(await refused(words), undefined, words.join(' '));
      }
    });
  }
});

describe('the workflows', () => {
  interface Workflow {
    readonly permissions?: object;
    readonly jobs: Record<string, { readonly 'timeout-minutes'?: number; readonly permissions?: object }>;
  }

  for (const file of [...workflows, 'action.yml']) {
    it(`${file} names each action by its commit`, () => {
      const uses = [...read(file).matchAll(/uses: (.*)$/gm)].map(([, one]) => one!);
      assert.deepEqual(
        uses.filter((one) => !/^[\w-]+\/[\w-]+@[\da-f]{40} # v[\d.]+$/.test(one)),
        [],
      );
    });
  }

  for (const file of workflows) {
    it(`${file} may do nothing but what each job says, and ends`, () => {
      const { permissions, jobs } = parse(read(file)) as Workflow;
      assert.deepEqual(permissions, {});
      const open = Object.entries(jobs).filter(([, job]) => !job['timeout-minutes'] || !job.permissions);
      assert.deepEqual(
        open.map(([name]) => name),
        [],
      );
    });
  }

  it('run a configuration that there is', async () => {
    const { value } = await readConfig(join(ROOT, '.github/matrix.yaml'));
    assert.ok(value.targets!.length > 5);
    assert.match(read('.github/workflows/matrix.yml'), /WSPROOF_CONFIG: \.github\/matrix\.yaml/);
  });
});
