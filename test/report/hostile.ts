import { type Report, reportSchema, VERDICTS } from '../../src/report/document.ts';

/** What a peer might send to be acted on by whatever shows it. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'a terminal sequence': '\x1b]0;owned\x07\x1b[2J\x1b[31mred\x9b31m',
  'marks of direction': 'user\u202egnp.exe\u2066\u200b\u200f\ufeff',
  'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'an end of script': '</script><script>alert(1)</script><!--<script>',
  attributes: `" onmouseover="alert(1)" x='" style='x`,
  'an end of CDATA': ']]><failure/><![CDATA[ &#0; &amp; <?xml',
  'workflow commands': '\n::set-output name=a::b\r\n::error::x\n##[error]y\r::stop-commands::z',
  Markdown:
    '| a | b |\n\n# head\n```\n<!-- wsproof:end -->\n<!-- wsproof:end --> ![x](https://beacon.test/x) @org/team [a](javascript:alert(1)) \\| `code` ``',
  TAP: 'ok 99 - x # SKIP\nnot ok 100\nBail out! \\# TODO\n1..0',
  YAML: '...\n---\n- &a *a !!js/function "x": {y',
  'lone surrogates': 'a\ud800b\udc00c\ufffe\uffff\u0000',
  'an address': 'javascript:alert(document.domain)//https://x',
  prototype: '__proto__',
  placeholders: '{0} {{1}} [text](1) $& $1 %0A%3A',
  emptiness: '',
  'much of it': 'A<&"`|\ud83d\ude00'.repeat(8 * 1024),
};

const FIXED = new Set([
  'schemaVersion',
  'verdict',
  'transport',
  'level',
  'side',
  'way',
  'how',
  'unit',
  'change',
  'status',
  'startedAt',
]);

/** The document with this text in every place where the schema allows any. Ids stay apart, as they must, by a number. */
export function poisoned(report: Report, text: string): Report {
  const ids = new Map<string, string>();
  const idFor = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `${text.slice(0, 20_000)}${ids.size}`);
    return ids.get(id)!;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') {
      if (FIXED.has(key) || (key === 'name' && value === 'wsproof')) return value;
      return key === 'id' || key === 'target' || key === 'probe' ? idFor(value) : text;
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, name)]));
  };
  const { run, summary, ...rest } = report;
  const cellKeys = (key: string): string => {
    const [target = '', probe = ''] = key.split(' ');
    return `${idFor(target)} ${idFor(probe)}`;
  };
  const stable = walk(rest, '') as Omit<Report, 'run' | 'summary'>;
  return reportSchema.parse({
    ...stable,
    summary,
    run: {
      ...(walk({ ...run, cells: {}, logs: {} }, '') as Report['run']),
      cells: Object.fromEntries(Object.entries(run.cells).map(([key, value]) => [cellKeys(key), value])),
      logs: Object.fromEntries(Object.keys(run.logs).map((id) => [idFor(id), text])),
    },
  });
}

/** The verdicts that the sample has, so that a test can tell that it is about all of them. */
export const verdictsIn = ({ cells }: Report): string[] =>
  VERDICTS.filter((one) => cells.some(({ verdict }) => verdict === one));
