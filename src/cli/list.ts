import { Argument, Command } from 'commander';
import { symptoms } from '../diagnosis/symptoms.ts';
import { probes } from '../probes/index.ts';
import { cut, pad, plain, widthOf } from '../report/terminal/text.ts';
import type { Session } from './session.ts';

/** Rows with their columns aligned; the last one is cut at the width. */
function table(rows: readonly (readonly string[])[], width: number): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => widthOf(row[i]!))));
  return rows.map((row) => {
    const lead = row.slice(0, -1).map((cell, i) => pad(cell, widths[i]! + 2));
    return (lead.join('') + cut(row.at(-1)!, Math.max(20, width - widthOf(lead.join(''))))).trimEnd();
  });
}

const LISTS = {
  probes: async () => probes.map(({ id, level, tag = 'quick', title }) => [id, level, tag, title]),
  // What reads files of users takes longer to load than the other lists to show.
  proxies: async () =>
    (await (await import('../proxies/summary.ts')).listProxies()).flatMap(({ name, runs, variants }) =>
      variants.map((variant) => [
        `${name}:${variant.name}`,
        variant.transports.join(' '),
        runs,
        plain(variant.title ?? ''),
      ]),
    ),
  symptoms: async () => symptoms.map(({ id, title }) => [id, title]),
} as const;

type ListName = keyof typeof LISTS;

export function listCommand(session: Session): Command {
  const names = Object.keys(LISTS) as ListName[];
  return new Command('list')
    .description('Show what there is: probes, proxies, symptoms')
    .addArgument(new Argument('[what]', 'one of them; without it all').choices(names))
    .action(async (what?: ListName) => {
      const { out } = session;
      for (const [i, name] of (what ? [what] : names).entries()) {
        const heading = what ? [] : [...(i > 0 ? [''] : []), `${name}:`];
        // Into a pipe a line goes whole: `wsproof list probes | grep close`.
        const width = out.interactive ? out.width : Number.POSITIVE_INFINITY;
        await out.write(`${[...heading, ...table(await LISTS[name](), width)].join('\n')}\n`);
      }
    });
}
