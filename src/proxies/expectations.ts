import { type Document, isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { UsageError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import { parseYaml } from '../yaml/yaml.ts';
import { type KnownOutcome, type Proven, proxyFile } from './descriptor.ts';
import { type MeasuredPoint, updatedOutcomes } from './outcomes.ts';
import { rightVariant, transportsOf } from './variants.ts';
import { compareVersions } from './versions.ts';

/** A target of a proxy.yaml after it was probed. */
export interface MeasuredTarget {
  readonly variant: string;
  readonly transport: Transport;
  /** The version that was asked for: a tag. */
  readonly asked?: string | undefined;
  /** The version that really ran. */
  readonly version?: string | undefined;
  /** Probe: its verdict. Probes without one that holds are left out, and what is known of them stays. */
  readonly verdicts: ReadonlyMap<string, 'pass' | 'fail' | 'warn'>;
  /** Probe: what its failure showed. Default: nothing is told of symptoms. */
  readonly symptoms?: ReadonlyMap<string, string>;
  /** All probes were run to a verdict: with what is known then, all of it is known. */
  readonly sound: boolean;
}

/** What a run has to say to a proxy.yaml. */
export interface Measured {
  readonly targets: readonly MeasuredTarget[];
  /** The day of the run, `YYYY-MM-DD`. */
  readonly date: string;
}

/** What has become of the known outcomes of one probe at one variant; an empty list: they are gone. */
export interface Change {
  readonly variant: string;
  readonly probe: string;
  readonly outcomes: readonly KnownOutcome[];
}

/** Columns of a line that is still good to read. */
const READABLE = 120;

const linesOf = (document: Document): string[] =>
  document
    // What is one line stays one, so that lines can be compared.
    .toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
    // Spaces are for maps alone, { as: here }.
    .replace(/\b(transports|symptom): \[ (.+?) \]/g, '$1: [$2]')
    .split('\n');

/**
 * A text with an edit of its document in it. Lines that the edit does not touch stay as they are written: a document
 * that is written anew keeps comments and order, but not the spaces in front of a comment.
 */
function withEdit(text: string, edit: (document: Document) => void): string {
  const document = parseDocument(text);
  const before = linesOf(document);
  edit(document);
  const after = linesOf(document);
  const own = text.split('\n');
  // A value over several lines of its own: there is no telling which line has become which.
  if (before.length !== own.length) return after.join('\n');
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [...own.slice(0, head), ...after.slice(head, after.length - tail), ...own.slice(own.length - tail)].join('\n');
}

/** The map at a path. @throws UsageError when it is an alias of another one */
function mapAt(document: Document, path: readonly string[]): YAMLMap | undefined {
  const node = document.getIn(path, true);
  if (node === undefined || isMap(node)) return node;
  throw new UsageError(`${path.join('.')} must be written out as keys and values to be updated.`);
}

/** `fail`, `{ verdict: fail, symptom: idle-cut, because: … }`, or a list of these. */
function nodeOf(document: Document, outcomes: readonly KnownOutcome[], depth: number) {
  const [first] = outcomes;
  if (outcomes.length === 1 && Object.keys(first!).length === 1) return document.createNode(first!.verdict);
  const written = outcomes.map(({ verdict, symptom, ...where }) => ({
    verdict,
    ...(symptom === undefined ? {} : { symptom: symptom.length === 1 ? symptom[0] : symptom }),
    ...where,
  }));
  const value = outcomes.length === 1 ? written[0] : written;
  // Outcomes share their lists of transports; in a file of people each is written out.
  const node = document.createNode(value, { aliasDuplicateObjects: false });
  for (const map of isMap(node) ? [node] : (node as unknown as { items: YAMLMap[] }).items) {
    map.flow = JSON.stringify(map.toJSON()).length + depth <= READABLE;
    const versions = map.get('versions', true);
    if (isScalar(versions)) versions.type = 'QUOTE_DOUBLE';
  }
  return node;
}

/** Puts a key where it belongs by the order of the catalog; those that are there stay where they are. */
function insert(map: YAMLMap, pair: Pair, order: readonly string[]): void {
  const rank = (key: unknown): number => order.indexOf(String(isScalar(key) ? key.value : key));
  const after = map.items.findIndex(({ key }) => rank(key) > rank(pair.key));
  map.items.splice(after < 0 ? map.items.length : after, 0, pair);
}

function setOutcomes(document: Document, { variant, probe, outcomes }: Change, order: readonly string[]): void {
  const own = mapAt(document, ['variants', variant])!;
  const expect = mapAt(document, ['variants', variant, 'expect']) ?? (document.createNode({}) as YAMLMap);
  if (outcomes.length === 0) {
    expect.delete(probe);
    if (expect.items.length === 0) own.delete('expect');
    return;
  }
  const node = nodeOf(document, outcomes, 8 + probe.length);
  const existing = expect.items.find(({ key }) => isScalar(key) && key.value === probe);
  if (existing) existing.value = node;
  else insert(expect, document.createPair(probe, node), order);
  // One short outcome fits on the line of its key.
  expect.flow = expect.items.length === 1 && isScalar(node);
  if (own.flow && own.comment) {
    // It stood behind the closing brace, which goes.
    own.commentBefore = own.comment;
    own.comment = null;
  }
  own.flow = false;
  if (!own.has('expect')) own.set('expect', expect);
}

/** The newest version in which the right variant is sound over each transport that was tried. */
function provenBy({ targets, date }: Measured, right: string): Proven | undefined {
  const tried = targets.filter(({ variant }) => variant === right);
  const versionOf = ({ version, asked }: MeasuredTarget): string => version ?? asked ?? '';
  const [newest] = tried
    .filter((target) => tried.every((other) => other.sound || versionOf(other) !== versionOf(target)))
    .map(versionOf)
    .sort((a, b) => compareVersions(b, a));
  return newest === undefined ? undefined : { ...(newest === '' ? {} : { version: newest }), date };
}

/** The place of a new entry is above the variants, where the proxy is described. */
function setProven(document: Document, proven: Proven): void {
  const root = mapAt(document, [])!;
  const node = document.createNode(proven);
  node.flow = true;
  if (root.has('proven')) root.set('proven', node);
  else insert(root, document.createPair('proven', node), ['proven', 'tls', 'env', 'variants']);
}

/**
 * A proxy.yaml with what was measured in the `expect` of its variants: what does not hold is entered, what holds now is
 * taken out. When the right variant was probed to the end, that is entered as `proven`. Comments, order, reasons and all
 * other lines stay as they are.
 *
 * @param text the file
 * @param shown what messages call it
 * @param order the ids of the probes, in the order in which new entries are to stand
 * @throws UsageError with the faults of the file, or when an outcome stands in an alias
 */
export function updateExpectations(
  text: string,
  shown: string,
  measured: Measured,
  order: readonly string[],
): { readonly text: string; readonly changes: readonly Change[] } {
  const { value: descriptor } = parseYaml(text, shown, proxyFile);
  const changes: Change[] = [];
  for (const [variant, { expect = {} }] of Object.entries(descriptor.variants)) {
    const here = measured.targets.filter((target) => target.variant === variant);
    for (const probe of order) {
      const points = here.flatMap(({ transport, asked, version = asked, verdicts, symptoms }): MeasuredPoint[] => {
        const verdict = verdicts.get(probe);
        return verdict === undefined ? [] : [{ transport, asked, version, verdict, symptom: symptoms?.get(probe) }];
      });
      const outcomes = updatedOutcomes(points, {
        outcomes: expect[probe] ?? [],
        versions: descriptor.versions ?? [],
        transports: [...new Set([...transportsOf(descriptor, variant), ...here.map(({ transport }) => transport)])],
      });
      if (outcomes) changes.push({ variant, probe, outcomes });
    }
  }
  const updated = changes.reduce(
    (so, change) => withEdit(so, (document) => setOutcomes(document, change, order)),
    text,
  );
  const proven = provenBy(measured, rightVariant(descriptor));
  return { text: proven ? withEdit(updated, (document) => setProven(document, proven)) : updated, changes };
}
