import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { symptoms } from '../src/diagnosis/symptoms.ts';
import { probes } from '../src/probes/index.ts';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'fixtures');
const proxies = readdirSync(FIXTURES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const SRC = join(ROOT, 'src');

/** How a folder may use another one: all of it, its types, or what these files export. */
type Use = 'all' | 'types' | readonly string[];

/** What each folder of src may import of the others; what is not here is not allowed. */
const MAY_IMPORT: Readonly<Record<string, Readonly<Record<string, Use>>>> = {
  wire: {},
  origin: { wire: 'all' },
  // The evidence is made of what the journal says.
  diagnosis: { wire: 'all', origin: 'types' },
  // A probe asks for scenes and reads the journal; what a proxy can be told to do is the target's to say.
  probes: { wire: 'all', origin: 'types', proxies: 'types' },
  yaml: {},
  // proxy.yaml is a file of users, and its faults are told as those of any other.
  proxies: { wire: 'all', yaml: 'all' },
  // It describes what users write down, so it knows what there is to be named.
  config: {
    yaml: 'all',
    proxies: ['proxies/load-options.ts', 'proxies/descriptor.ts', 'proxies/spec.ts'],
    runner: ['runner/baseline.ts'],
    report: ['report/reporters.ts'],
  },
  report: {},
  runner: { wire: 'all', origin: 'all', diagnosis: 'all', probes: 'all', proxies: 'all' },
  // It loads what a run would probe, between the same two ends.
  bench: { wire: 'all', proxies: 'types', runner: ['runner/origins.ts'] },
  cli: {
    bench: 'all',
    wire: 'all',
    origin: 'all',
    diagnosis: 'all',
    probes: 'all',
    proxies: 'all',
    runner: 'all',
    report: 'all',
    config: 'all',
    yaml: 'all',
  },
};

/** Programs that run in a process of their own: all that they have is global. */
const PROGRAMS = [
  'proxies/module-process.ts',
  'proxies/watchdog-process.ts',
  'proxies/forwarder-process.ts',
  'proxies/local/guard-process.ts',
];

/** Anybody may import these. */
const COMMON_GROUND = ['errors.ts', 'report/document.ts'];

interface Import {
  readonly from: string;
  /** A path below src, or the name of a package. */
  readonly of: string;
  readonly typesOnly: boolean;
}

const slashes = (path: string): string => path.split(sep).join('/');

const sources = readdirSync(SRC, { recursive: true })
  .map((name) => slashes(String(name)))
  .filter((name) => name.endsWith('.ts'))
  .sort();

/** The code of the files without their comments. */
const code = new Map(
  sources.map((file) => [
    file,
    readFileSync(join(SRC, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '$1'),
  ]),
);
const codeOf = (file: string): string => code.get(file)!;

const imports: readonly Import[] = sources.flatMap((from) =>
  [...codeOf(from).matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm)].map(
    ([, type, named, dynamic]) => {
      const target = (named ?? dynamic)!;
      const of = target.startsWith('.') ? slashes(relative(SRC, resolve(SRC, dirname(from), target))) : target;
      return { from, of, typesOnly: type !== undefined };
    },
  ),
);

const folderOf = (file: string): string => file.split('/')[0]!;
const own = imports.filter(({ of }) => of.endsWith('.ts'));

function isAllowed({ from, of, typesOnly }: Import): boolean {
  if (COMMON_GROUND.includes(of) || folderOf(from) === folderOf(of)) return true;
  const use = MAY_IMPORT[folderOf(from)]?.[folderOf(of)];
  return use === 'all' || (use === 'types' && typesOnly) || (Array.isArray(use) && use.includes(of));
}

/** A path from one of these back to itself, or undefined. */
function cycle(nodes: readonly string[], next: (node: string) => readonly string[]): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const one of next(node)) {
      const found = visit(one, [...path, node]);
      if (found) return found;
    }
    return undefined;
  };
  for (const node of nodes) {
    const found = visit(node, []);
    if (found) return found;
  }
  return undefined;
}

describe('the arrows of src', () => {
  it('point one way', () => {
    assert.ok(own.length > 100, 'the imports were found');
    assert.deepEqual(
      own.filter((one) => !isAllowed(one)).map(({ from, of }) => `${from} → ${of}`),
      [],
    );
  });

  it('form no circle of files, not of types either', () => {
    const next = (file: string) => own.filter(({ from }) => from === file).map(({ of }) => of);
    assert.equal(cycle(sources, next)?.join(' → '), undefined);
  });

  it('end at errors.ts and report/document.ts', () => {
    for (const leaf of COMMON_GROUND)
      assert.deepEqual(
        own.filter(({ from }) => from === leaf),
        [],
        leaf,
      );
  });

  it('leave wire with nothing but Node and ws', () => {
    const foreign = imports.filter(
      ({ from, of }) => folderOf(from) === 'wire' && !/^(node:|ws$|wire\/|errors\.ts)/.test(of),
    );
    assert.deepEqual(foreign, []);
  });
});

describe('the sources', () => {
  const offenders = (pattern: RegExp, files = sources): string[] => files.filter((file) => pattern.test(codeOf(file)));

  it('print and exit in src/cli alone', () => {
    const outside = sources.filter((file) => folderOf(file) !== 'cli' && !PROGRAMS.includes(file));
    assert.deepEqual(offenders(/\bconsole\.|\bprocess\.(stdout|stderr|exit\b|exitCode)/, outside), []);
  });

  it('hold no state of their own', () => {
    const parts = sources.filter((file) => !PROGRAMS.includes(file));
    assert.deepEqual(offenders(/^(export )?let /m, parts), []);
  });

  it('know no proxy by its name', () => {
    const names = proxies.join('|');
    assert.deepEqual(offenders(new RegExp(`([=!]==?|\\bcase)\\s*['"\`](${names})\\b`)), []);
  });

  it('have names that say what is in them', () => {
    const vague = /^(utils?|helpers?|common|misc|shared|lib)(\.ts)?$/;
    assert.deepEqual(
      sources.filter((file) => file.split('/').some((part) => vague.test(part))),
      [],
    );
  });
});

describe('the catalog', () => {
  const ids: readonly string[] = probes.map(({ id }) => id);

  it('holds every file of a probe, under its path', () => {
    const files = sources
      .filter((file) => /^probes\/[^/]+\//.test(file))
      .map((file) => file.slice('probes/'.length, -'.ts'.length));
    assert.deepEqual([...ids].sort(), files.sort());
    for (const id of ids) assert.match(codeOf(`probes/${id}.ts`), new RegExp(`\\bid: '${id}'`), id);
  });

  it('needs what there is, and nothing in a circle', () => {
    const needs = (id: string) => probes.find((probe) => probe.id === id)?.needs ?? [];
    assert.deepEqual(
      ids.flatMap(needs).filter((need) => !ids.includes(need)),
      [],
    );
    assert.equal(cycle(ids, needs)?.join(' → '), undefined);
  });

  it('lists a probe behind those that it needs, as a report shows them', () => {
    const early = probes.filter(({ id, needs = [] }) => needs.some((need) => ids.indexOf(need) > ids.indexOf(id)));
    assert.deepEqual(
      early.map(({ id }) => id),
      [],
    );
  });

  it('refers to specifications that can be found', () => {
    const wrong = probes.flatMap(({ id, spec }) =>
      spec
        .filter((ref) => !/^rfc\d+#(section|appendix)-[\w.]+$|^https:\/\/\S+$/.test(ref))
        .map((ref) => `${id}: ${ref}`),
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      probes.filter(({ spec }) => spec.length === 0).map(({ id }) => id),
      [],
    );
  });

  it('gives each symptom a name of its own', () => {
    const names = symptoms.map(({ id }) => id);
    assert.equal(new Set(names).size, names.length);
  });
});

describe('the fixtures', () => {
  interface ProxyFile {
    readonly name: string;
    readonly fixes?: Record<string, unknown>;
    readonly variants: Record<string, { readonly expect?: Record<string, unknown> }>;
  }
  const symptomsIn = (outcome: unknown): string[] =>
    [outcome].flat().flatMap((one) => (one as { readonly symptom?: string | string[] }).symptom ?? []);
  for (const folder of proxies) {
    const file = parse(readFileSync(join(FIXTURES, folder, 'proxy.yaml'), 'utf8')) as ProxyFile;

    it(`${folder} is called as its folder`, () => assert.equal(file.name, basename(folder)));

    it(`${folder} cures symptoms that there are`, () => {
      const known = symptoms.map(({ id }) => id);
      assert.deepEqual(
        Object.keys(file.fixes ?? {}).filter((id) => !known.includes(id)),
        [],
      );
    });

    it(`${folder} expects symptoms that there are`, () => {
      const known = symptoms.map(({ id }) => id);
      const outcomes = Object.values(file.variants).flatMap(({ expect = {} }) => Object.values(expect));
      assert.deepEqual(
        outcomes.flatMap(symptomsIn).filter((id) => !known.includes(id)),
        [],
      );
    });

    it(`${folder} expects outcomes of probes that there are`, () => {
      const expected = Object.values(file.variants).flatMap(({ expect = {} }) => Object.keys(expect));
      assert.deepEqual(
        expected.filter((id) => !probes.some((probe) => probe.id === id)),
        [],
      );
    });
  }
});
