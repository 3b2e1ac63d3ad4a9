import { readFile } from 'node:fs/promises';
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { UsageError } from '../errors.ts';
import { check } from './faults.ts';

/** Bytes that a file of ours may have: nobody writes more by hand. */
const MAX_BYTES = 1024 * 1024;
/** How often anchors may be used in one file; a bomb needs far more. */
const MAX_ALIASES = 100;

/** What a YAML file says, and where it says it. */
export interface Located<T> {
  readonly value: T;
  /** `file:line:column` of what stands at this path, or of its nearest parent that is written down. */
  at(...path: readonly PropertyKey[]): string;
}

interface Finding {
  readonly offset: number;
  readonly message: string;
}

/** The offset of the key at this path (of the item, in a list), or of its nearest parent. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    const item = isSeq(node) ? node.items[Number(step)] : undefined;
    const written = pair?.key ?? item;
    if (!isNode(written)) break;
    offset = written.range?.[0] ?? offset;
    node = pair ? pair.value : item;
  }
  return offset;
}

/** What is wrong with the keys. The parser's own check of them does not know where the first of two stands. */
function keyFindings(document: Document, lines: LineCounter): Finding[] {
  const findings: Finding[] = [];
  visit(document, {
    Map(_, map) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
        if (!isScalar(key)) {
          findings.push({ offset, message: 'expected a plain key, got a list or keys and values' });
          continue;
        }
        const name = String(key.value);
        const first = seen.get(name);
        if (name === '__proto__') findings.push({ offset, message: 'the key "__proto__" is not allowed' });
        else if (first === undefined) seen.set(name, offset);
        else
          findings.push({
            offset,
            message: `the key "${name}" stands here a second time, first at line ${lines.linePos(first).line}`,
          });
      }
    },
  });
  return findings;
}

/**
 * Parses YAML and checks it.
 *
 * @param file the name that messages carry
 * @throws UsageError with every fault, one a line: `file:line:column: path.to.key: expected …, got …`
 */
export function parseYaml<T>(text: string, file: string, shape: z.ZodType<T>): Located<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const refuse = (findings: readonly Finding[]): never => {
    const sorted = [...findings].sort((a, b) => a.offset - b.offset);
    throw new UsageError(sorted.map(({ offset, message }) => `${place(offset)}: ${message}`).join('\n'));
  };

  const unreadable = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    offset: pos[0],
    message,
  }));
  const findings = unreadable.length > 0 ? unreadable : keyFindings(document, lines);
  if (findings.length > 0) refuse(findings);

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    refuse([{ offset: 0, message: (error as Error).message }]);
  }
  const checked = check(value, shape);
  if ('faults' in checked) {
    return refuse(
      checked.faults.map(({ path, message }) => ({
        offset: offsetOf(document, path),
        message: path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`,
      })),
    );
  }
  return { value: checked.value, at: (...path) => place(offsetOf(document, path)) };
}

const UNREADABLE: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder, and a file is needed',
  EACCES: 'it may not be read',
};

/**
 * Reads and checks a YAML file in UTF-8, with or without a byte order mark.
 *
 * @param name what messages call the file; default: its path
 * @throws UsageError when it cannot be read, or with every fault in it
 */
export async function readYaml<T>(file: string, shape: z.ZodType<T>, name = file): Promise<Located<T>> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${name}: ${UNREADABLE[error.code ?? ''] ?? error.message}.`);
  });
  if (bytes.length > MAX_BYTES) throw new UsageError(`${name}: it is larger than ${MAX_BYTES / 1024} KiB.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name}: it is not UTF-8; save it in that encoding.`);
  }
  return parseYaml(text, name, shape);
}
