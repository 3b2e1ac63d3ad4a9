import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { EnvironmentError, UsageError } from '../errors.ts';
import { plain } from '../report/terminal/text.ts';
import { EXIT, exitCode, type Outcome } from './exit.ts';
import { Interruption } from './interruption.ts';
import { forgetOffSwitches } from './options.ts';
import { Outlet, type Sink } from './outlet.ts';
import type { Session } from './session.ts';

type MakeCommand = (session: Session) => Command;

/** One file a command. Only what is asked for is loaded: all of it takes longer than most commands do. */
const COMMANDS: Readonly<Record<string, () => Promise<MakeCommand>>> = {
  probe: async () => (await import('./probe.ts')).probeCommand,
  matrix: async () => (await import('./matrix.ts')).matrixCommand,
  report: async () => (await import('./report.ts')).reportCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  bench: async () => (await import('./bench.ts')).benchCommand,
  list: async () => (await import('./list.ts')).listCommand,
  explain: async () => (await import('./explain.ts')).explainCommand,
  recipe: async () => (await import('./recipe.ts')).recipeCommand,
  init: async () => (await import('./init.ts')).initCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
};

const EXAMPLES = `
Examples:
  wsproof probe                                      the proxy that comes with wsproof: no Docker needed
  wsproof probe nginx:naive                          what a plain proxy_pass does to a WebSocket, and the fix
  wsproof probe wss://example.com/chat               a proxy that is deployed, from the outside
  wsproof matrix --reporter json=report.json         all that can run here, and the report to keep
  wsproof bench http-proxy                           what it costs, in numbers
  wsproof explain upgrade-headers-dropped            what a finding means, and what to change in which proxy
  wsproof recipe caddy --upstream app:3000           a configuration that is known to work

Exit codes: 0 nothing found · 1 findings · 2 usage · 3 environment · 4 inconclusive · 70 a bug of wsproof.
An option can be set by the variable that its help names as well: WSPROOF_JOBS=4.`;

function ownVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** What asks for no command, and so for the help of none. */
const OF_THE_PROGRAM = ['-V', '--version'];

/** The command line as commander knows it: with the command that it begins with, or else with all of them. */
export async function programOf(session: Session): Promise<Command> {
  const [asked = ''] = session.argv;
  const all = OF_THE_PROGRAM.includes(asked) ? [] : Object.values(COMMANDS);
  const wanted = Object.hasOwn(COMMANDS, asked) ? [COMMANDS[asked]!] : all;
  const commands = await Promise.all(wanted.map((load) => load()));
  const program = new Command('wsproof')
    .description('Do WebSockets survive this proxy?')
    .version(session.version, '-V, --version')
    .addHelpText('after', EXAMPLES)
    .showSuggestionAfterError();
  for (const make of commands) program.addCommand(make(session));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void session.out.write(text),
      writeErr: (text) => void session.err.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'wsproof: ')),
    });
    forgetOffSwitches(command, process.env);
  }
  return program;
}

/** What is said about an error; a stack only where we are the ones who need it. */
function told(error: unknown): string {
  if (error instanceof UsageError || error instanceof EnvironmentError) {
    const log = error instanceof EnvironmentError && error.log ? `\n${error.log}` : '';
    return `wsproof: ${error.message.split('\n').map(plain).join('\n')}${log.split('\n').map(plain).join('\n')}\n`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `wsproof: This is a bug of wsproof, not of a proxy. Please report it with what stands below.\n${stack}\n`;
}

/**
 * Runs one command line.
 *
 * @param argv the arguments, without the program
 * @returns the exit code, when all output has been written
 */
export async function main(
  argv: readonly string[],
  { stdout, stderr }: { stdout: Sink; stderr: Sink } = process,
): Promise<number> {
  const out = new Outlet(stdout);
  const err = new Outlet(stderr);
  const interruption = new Interruption();
  let outcome: Outcome = {};
  const session: Session = {
    out,
    err,
    interruption,
    version: ownVersion(),
    argv,
    conclude: (what) => {
      outcome = what;
    },
  };
  const deaf = interruption.listen(
    (signal) => void err.write(`\nwsproof: ${signal}: stopping; once more ends it at once.\n`),
  );
  try {
    const program = await programOf(session);
    await program.parseAsync(argv.length > 0 ? argv : ['--help'], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what there is to say.
      if (error.exitCode !== 0) return EXIT.usage;
    } else {
      await err.write(told(error));
      outcome = { ...outcome, error, ...(interruption.received ? { signal: interruption.received } : {}) };
    }
  }
  if (out.fault) await err.write(`wsproof: stdout could not be written: ${out.fault.message}.\n`);
  await Promise.all([out.write(''), err.write('')]);
  deaf();
  return exitCode({ ...outcome, ...(out.fault ? { unwritten: true } : {}) });
}
