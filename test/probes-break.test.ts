import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { outside } from '../src/diagnosis/outside.ts';
import { symptoms } from '../src/diagnosis/symptoms.ts';
import { probes } from '../src/probes/index.ts';
import type { Probe } from '../src/probes/probe.ts';
import { mutants } from './mutants/index.ts';
import type { Mutant } from './mutants/mutant.ts';
import { type Proof, proofsOf } from './proving.ts';

const brokenBy = (mutant: Mutant): Probe[] => probes.filter(({ id }) => id in mutant.breaks);

/**
 * It takes a process to die, or a part of it (test/runner/deaths.test.ts), TLS to be distrusted (test/origin/entrances.test.ts), and a far
 * end without our origin to look at it from outside alone (test/cli/deployed.test.ts).
 */
const PROVEN_ELSEWHERE = [
  'proxy-died',
  'all-ended-at-once',
  'origin-certificate-refused',
  ...outside.map(({ id }) => id),
];

/** Each mutant is run once, and all tests that look at what it broke share that. */
const proofs = new Map<Mutant, Promise<Proof[]>>();
function proofOf(mutant: Mutant): Promise<Proof[]> {
  const proof = proofs.get(mutant) ?? proofsOf(mutant, brokenBy(mutant));
  proofs.set(mutant, proof);
  return proof;
}

/** The requirements in the code of a probe: the file and line in which it would throw. */
function expectationsOf({ id }: Probe): string[] {
  const lines = readFileSync(new URL(`../src/probes/${id}.js`, import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line, i) => (/\.to(?:Be|List|Hold)\w*\(/.test(line) ? [`${id}:${i + 1}`] : []));
}

// Most of them only wait for what does not come, so they wait together.
describe('every probe is broken by proxies that do not', { concurrency: 8 }, () => {
  for (const mutant of mutants) {
    it(`${mutant.name} turns ${Object.keys(mutant.breaks).join(', ')} red`, async () => {
      const found = await proofOf(mutant);
      const seen = Object.fromEntries(found.map(({ probe, symptom, told }) => [probe, symptom ?? told]));
      assert.deepEqual(seen, mutant.breaks);
    });
  }

  it('no probe that looks at nothing would be believed', async () => {
    const blind = probes.map((probe): Probe => ({ ...probe, run: async () => {} }));
    for (const mutant of mutants) {
      const found = await proofsOf(
        mutant,
        blind.filter(({ id }) => id in mutant.breaks),
      );
      assert.ok(found.length > 0 && found.every(({ symptom }) => symptom === undefined), mutant.name);
    }
  });

  it('no probe, no expectation and no symptom is without a mutant, and no mutant is there for nothing', async () => {
    const shown = new Map<string, string[]>(
      [
        ...probes.flatMap((probe) => [probe.id, ...expectationsOf(probe)]),
        ...symptoms.map(({ id }) => id).filter((id) => !PROVEN_ELSEWHERE.includes(id)),
      ].map((id) => [id, []]),
    );
    for (const mutant of mutants) {
      const named = new Set(
        (await proofOf(mutant)).flatMap(({ probe, symptom, at }) => [probe, symptom ?? '', at ?? '']),
      );
      for (const id of named) shown.get(id)?.push(mutant.name);
    }
    const unproven = [...shown].filter(([, names]) => names.length === 0).map(([id]) => id);
    assert.deepEqual(
      unproven,
      [],
      'a probe, an expectation (file:line of the compiled code) or a symptom without a mutant',
    );
    const needed = new Set([...shown.values()].filter((names) => names.length === 1).flat());
    const pairs = mutants.flatMap(({ name, breaks }) =>
      Object.entries(breaks).map((pair) => ({ name, pair: `${pair}` })),
    );
    const alone = pairs.filter(({ pair }) => pairs.filter((other) => other.pair === pair).length === 1);
    for (const { name } of alone) needed.add(name);
    const idle = mutants.map(({ name }) => name).filter((name) => !needed.has(name));
    assert.deepEqual(idle, [], 'a mutant that is not the only one to show anything');
  });

  it('every probe is in the index, under the path of its file', () => {
    const folder = new URL('../../src/probes', import.meta.url);
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((file) => /[\\/]/.test(file));
    assert.deepEqual(probes.map(({ id }) => `${id}.ts`).sort(), files.map((file) => file.replaceAll('\\', '/')).sort());
  });
});
