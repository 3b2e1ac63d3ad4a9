import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import type { DescribedFix } from '../../src/proxies/descriptor.ts';
import { type ProxyFolder, readProxyFolder } from '../../src/proxies/folder.ts';
import { chooseImage } from '../../src/proxies/image.ts';
import { describedFix } from '../../src/proxies/knowledge.ts';
import { listProxies } from '../../src/proxies/summary.ts';
import { inRange } from '../../src/proxies/versions.ts';
import type { Cell } from '../../src/report/document.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { isRequired } from '../required.ts';
import { cure, isApplied } from './cure.ts';
import { isHere, requiredVersions, whySkip } from './engine.ts';

const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url));

/**
 * Versions differ in what they need: the newest and the oldest that are here; where docker is required, of those that
 * have to be, so that it takes as long on every machine.
 */
async function versionsHere({ descriptor }: ProxyFolder): Promise<string[]> {
  const { name, image, tag, versions = [] } = descriptor;
  const images = { flags: {}, env: process.env };
  const here: string[] = [];
  for (const version of isRequired('docker') ? requiredVersions(name, versions) : versions) {
    const { image: chosen } = chooseImage(name, image!, version, images, tag);
    if (await isHere(chosen)) here.push(version);
    else if (isRequired('docker')) throw new Error(`The image ${chosen} is not here (test/images/build.sh).`);
  }
  return [...new Set([here[0], here.at(-1)])].filter((version) => version !== undefined);
}

/** What some probes find at a target, and in which version. */
async function look(spec: string, ids: readonly string[]): Promise<{ cells: Cell[]; version: string | undefined }> {
  const plan = planRun(probes, await loadTargets([spec]), { probe: ids });
  const { cells, targets } = await run({ plan, toolVersion: '0', command: 'test', retries: 0 });
  assert.equal(targets[0]!.failure, undefined);
  return { cells: cells.filter(({ probe }) => ids.includes(probe)), version: targets[0]!.version };
}

/** The probes that a variant is known to break in this version. */
async function broken(
  spec: string,
  { variants }: ProxyFolder['descriptor'],
  version: string | undefined,
): Promise<string[]> {
  const [target] = await loadTargets([spec]);
  return Object.keys(variants[target!.variant]!.expect ?? {}).filter(
    (probe) => (target!.expected(probe, version)?.verdict ?? 'pass') !== 'pass',
  );
}

/** The fix that the proxy's folder has for a symptom, when there are lines of it that the variant has not. */
async function toApply(
  folder: ProxyFolder,
  variant: string,
  symptom: string | undefined,
  version: string | undefined,
): Promise<DescribedFix | string> {
  const fix = symptom === undefined ? undefined : describedFix(folder.descriptor, symptom, version);
  if (fix?.config === undefined) return 'and no lines to apply';
  return (await isApplied(folder, variant, fix)) ? `and ${variant} has the lines already` : fix;
}

async function tryFixes(folder: ProxyFolder, spec: string, ids: readonly string[], test: TestContext): Promise<void> {
  const [, at = '', variant] = /(@.*)?:(.*)$/.exec(spec)!;
  const sick = await look(spec, ids);
  const bySymptom = new Map<string | undefined, Cell[]>();
  for (const cell of sick.cells) bySymptom.set(cell.symptom, [...(bySymptom.get(cell.symptom) ?? []), cell]);
  for (const [symptom, cells] of bySymptom) {
    const names = cells.map(({ probe }) => probe);
    const fix = await toApply(folder, variant!, symptom, sick.version);
    if (typeof fix === 'string') {
      for (const { probe, verdict } of cells)
        test.diagnostic(`${probe}: ${verdict}, ${symptom ?? 'no symptom'}, ${fix}`);
      continue;
    }
    const cured = await cure(folder, variant!, fix);
    try {
      for (const { probe, verdict, cause, summary } of (await look(`${cured.path}${at}:${cured.variant}`, names)).cells)
        assert.equal(verdict, 'pass', `${symptom} in ${probe}, with the fix: ${cause ?? summary}`);
      test.diagnostic(`${names.join(', ')}: ${symptom}, gone with the fix in ${cured.variant}`);
    } finally {
      await cured.remove();
    }
  }
}

const skip = await whySkip();
const folders = skip
  ? []
  : await Promise.all((await listProxies()).map(({ name }) => readProxyFolder(`${FIXTURES}${name}`)));

describe('the fixes', { skip, concurrency: 3 }, async () => {
  for (const folder of folders) {
    const { name, image, variants } = folder.descriptor;
    const versions = image === undefined ? [undefined] : await versionsHere(folder);
    // Where docker is required, so are the images that are built there, and no others.
    if (versions.length === 0 && !isRequired('docker')) it(`of ${name}`, { skip: 'no image of it is here' }, () => {});
    for (const version of versions) {
      for (const [variant, { versions: only }] of Object.entries(variants)) {
        if (version !== undefined && only !== undefined && !inRange(version, only)) continue;
        const spec = `${name}${version === undefined ? '' : `@${version}`}:${variant}`;
        const ids = await broken(spec, folder.descriptor, version);
        if (ids.length > 0) it(`cure ${spec}`, { timeout: 180_000 }, (test) => tryFixes(folder, spec, ids, test));
      }
    }
  }
});
