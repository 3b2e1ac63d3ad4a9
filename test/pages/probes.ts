import type { Level, Probe } from '../../src/probes/probe.ts';
import { specName, specUrl } from '../../src/probes/spec.ts';

const LEVELS: Record<Level, string> = {
  must: 'must: a failure when it does not hold',
  should: 'should: a warning when it does not hold',
  info: 'info: a measurement, no judgement',
};

/** What each group asks, in the order of the catalog. */
const GROUPS: Readonly<Record<string, string>> = {
  handshake: 'Does the opening handshake get through, as it was sent, and the answer back?',
  headers: 'Which fields of the handshake reach the other end, and unchanged?',
  rejection: 'What becomes of an answer that is not a switch of protocols?',
  messages: 'Do messages arrive whole, in order, and at once?',
  control: 'Do pings and pongs reach the other end?',
  close: 'Does each end learn how the other one ended?',
  lifetime: 'How long does a connection live, what keeps it alive, and what does a reload do to it?',
  fallback: 'Does what applications fall back on work through the same host and port?',
  balancing: 'With two origins: who gets what, and what happens when one is gone?',
  backpressure: 'What happens when one end is slower than the other?',
  load: 'Does it hold with many connections at once?',
  legacy: 'What do the handshakes of 2009 and 2010 come to?',
};

function entry(probe: Probe, proof: readonly string[]): string[] {
  const {
    id,
    title,
    failure,
    level,
    spec,
    needs = [],
    presumes = [],
    tag = 'quick',
    transports,
    requires = [],
    why,
  } = probe;
  const facts = [
    `${LEVELS[level]}; preset \`${tag}\``,
    ...(transports ? [`over ${transports.join(', ')} only`] : []),
    ...(needs.length > 0 ? [`needs ${needs.map((need) => `[${need}](#${anchor(need)})`).join(', ')}`] : []),
    ...(presumes.length > 0
      ? [`says nothing of its own when ${presumes.map((id) => `[${id}](#${anchor(id)})`).join(', ')} does not hold`]
      : []),
    ...(requires.length > 0 ? [`for targets with ${requires.join(', ')}`] : []),
    `rests on ${spec.map((ref) => `[${specName(ref)}](${specUrl(ref)})`).join('; ')}`,
    `proven on ${proof.map((name) => `\`${name}\``).join(', ')}`,
  ];
  return [`### ${id}`, '', `${title}. Else: ${failure}.`, '', why, '', ...facts.map((fact) => `- ${fact}`), ''];
}

const anchor = (id: string): string => id.replace('/', '');

/**
 * The catalog of probes as a Markdown page.
 *
 * @param proofs by probe: the names of the proxies that do one thing wrong and on which it fails
 * @throws Error when a group has no question, so that a new one is not forgotten
 */
export function probesPage(probes: readonly Probe[], proofs: ReadonlyMap<string, readonly string[]>): string {
  const groups = [...new Set(probes.map(({ id }) => id.split('/')[0]!))];
  const unknown = groups.filter((group) => !(group in GROUPS));
  if (unknown.length > 0)
    throw new Error(`What do the probes of ${unknown.join(', ')} ask? test/pages/probes.ts says it.`);
  const lines = groups.flatMap((group) => {
    const members = probes.filter(({ id }) => id.startsWith(`${group}/`));
    return [
      `## ${group}`,
      '',
      GROUPS[group]!,
      '',
      ...members.flatMap((probe) => entry(probe, proofs.get(probe.id) ?? [])),
    ];
  });
  return [
    '# The probes',
    '',
    '<!-- Made by `npm run docs` from src/probes. -->',
    '',
    `There are ${probes.length}. Each one holds on proxies that behave, however oddly, and fails on each proxy that it is`,
    '"proven on": one that does just this wrong (`test/mutants`). `wsproof explain PROBE` shows the same in a terminal;',
    '`--probe` and `--skip` take ids and globs, `--preset` takes `quick`, `full`, `slow` or `legacy`.',
    '',
    ...lines,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
