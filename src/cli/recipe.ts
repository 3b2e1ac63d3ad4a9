import { Command } from 'commander';
import { probes } from '../probes/index.ts';
import { atUpstream } from '../proxies/files.ts';
import { type Recipe, readRecipe } from '../proxies/recipe.ts';
import { plain } from '../report/terminal/text.ts';
import { commandLine } from './command-line.ts';
import { option } from './options.ts';
import type { Session } from './session.ts';
import { type Upstream, upstream } from './values.ts';

interface RecipeFlags {
  readonly upstream?: Upstream;
}

/** What is to be known before it is used, as a comment. Every format that a recipe comes in has this one. */
function heading({ name, homepage, version, title, proven, command, env, tls, known }: Recipe): string[] {
  const words = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return [
    `WebSockets through ${name}${version === undefined ? '' : ` ${version}`}${title ? `: ${title}` : ''}`,
    homepage,
    '',
    proven
      ? `Proven on ${proven.date}${proven.version === undefined ? '' : ` with ${name} ${proven.version}`}.`
      : `Not proven yet: ${commandLine(['probe', name, '--update-expectations'])}`,
    ...known.map(({ probe, transports, because }) => {
      const failure = probes.find(({ id }) => id === probe)?.failure ?? probe;
      return `Known, over ${transports.join(' and ')}: ${failure}.${because ? ` ${because}` : ''} (${probe})`;
    }),
    ...(words.length > 0 ? [`In the environment: ${words.join(' ')}`] : []),
    ...(command ? [`Started with: ${command.join(' ')}`] : []),
    ...Object.entries(tls ?? {}).map(([part, path]) => `TLS, ${part}: ${path}`),
  ].map((line) => `# ${plain(line)}`.trimEnd());
}

function render(recipe: Recipe, to: Upstream | undefined): string {
  const files = recipe.files.map(({ path, text }) => {
    const config = to ? atUpstream(text, to) : text;
    return `${[`# File: ${path}`, ...config.trimEnd().split('\n')].map(plain).join('\n')}\n`;
  });
  return [`${heading(recipe).join('\n')}\n`, ...files].join('\n');
}

export function recipeCommand(session: Session): Command {
  return new Command('recipe')
    .description('Print the configuration of a proxy with which WebSockets work')
    .argument('<proxy>', 'nginx, nginx@1.26, or a folder with a proxy.yaml')
    .addOption(option('--upstream <host:port>', 'your application, in place of origin:9000').argParser(upstream))
    .action(async (spec: string, flags: RecipeFlags) => {
      await session.out.write(render(await readRecipe(spec), flags.upstream));
    });
}
