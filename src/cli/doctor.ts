import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { findConfig, readConfig } from '../config/config-file.ts';
import { EnvironmentError, UsageError } from '../errors.ts';
import { probes } from '../probes/index.ts';
import { loadTargets } from '../proxies/catalog.ts';
import { openEngine } from '../proxies/engine.ts';
import { findProgram } from '../proxies/local/program.ts';
import { listProxies, type ProxySummary } from '../proxies/summary.ts';
import { many } from '../report/statement.ts';
import { plain } from '../report/terminal/text.ts';
import { planRun } from '../runner/plan.ts';
import { run } from '../runner/run.ts';
import type { Session } from './session.ts';

/** What was looked at. `note`: something is missing that not everybody needs. */
interface Finding {
  readonly state: 'fine' | 'note' | 'bad';
  readonly text: string;
}

const SIGNS = { fine: '✓', note: '–', bad: '✗' } as const;

const fine = (text: string): Finding => ({ state: 'fine', text });
const note = (text: string): Finding => ({ state: 'note', text });
const bad = (text: string): Finding => ({ state: 'bad', text });

async function engine(proxies: readonly ProxySummary[]): Promise<Finding> {
  const inContainers = many(proxies.filter(({ runs }) => runs === 'container').length, 'proxy', 'proxies');
  try {
    const { containerRuntime: found } = (await openEngine()).info;
    const machine = `${found.operatingSystemType}/${found.architecture}, ${many(found.cpus, 'processor')}`;
    return fine(`Container engine ${found.serverVersion} (${machine}): ${inContainers}`);
  } catch (error) {
    if (error instanceof EnvironmentError) return bad(`Container engine, for ${inContainers}: ${error.message}`);
    throw error;
  }
}

async function installed(proxies: readonly ProxySummary[]): Promise<Finding> {
  const programs = await Promise.all(proxies.map(({ programs: names = [] }) => findProgram(names, process.env)));
  const found = proxies.filter((_, i) => programs[i] !== undefined).map(({ name }) => name);
  return found.length > 0
    ? fine(`Installed, for --runtime local: ${found.join(', ')}`)
    : note('No proxy is installed that --runtime local could run');
}

/** Files that a crowd of the usual size takes: each connection has four ends, and some are left over. */
const FILES = 500 * 4 + 200;

async function files(): Promise<Finding | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, limit] = /^Max open files +(\d+|unlimited)/m.exec(limits) ?? [];
  if (limit === undefined) return undefined;
  if (limit === 'unlimited' || Number(limit) >= FILES) return fine(`Open files: ${limit}`);
  return note(`Open files: ${limit}, and a --crowd of 500 takes ${FILES}: ulimit -n ${FILES}, or a smaller --crowd`);
}

async function config(): Promise<Finding> {
  try {
    const file = await findConfig('.');
    if (file === undefined) return note('No wsproof.config.yaml in this folder: wsproof init writes one');
    const { value } = await readConfig(file);
    return fine(`${file}${value.targets ? `: ${many(value.targets.length, 'entry', 'entries')} of targets` : ''}`);
  } catch (error) {
    if (error instanceof UsageError) return bad(error.message);
    throw error;
  }
}

/** Whether the tool itself works: its origin, a proxy that is a module, and a WebSocket through both. */
async function selfTest({ version, interruption }: Session): Promise<Finding> {
  const targets = await loadTargets(['http-proxy'], {});
  const plan = planRun(probes, targets, { probe: ['messages/text'] });
  const { cells } = await run({ plan, toolVersion: version, command: 'wsproof doctor', signal: interruption.signal });
  const wrong = cells.find(({ verdict }) => verdict !== 'pass');
  return wrong
    ? bad(`A WebSocket through the embedded proxy: ${wrong.summary}`)
    : fine('A WebSocket through the embedded proxy');
}

export function doctorCommand(session: Session): Command {
  return new Command('doctor').description('Say what can run here, and what is missing').action(async () => {
    const proxies = await listProxies();
    const checks = [() => engine(proxies), () => installed(proxies), files, config, () => selfTest(session)];
    const findings = [fine(`wsproof ${session.version}, Node.js ${process.versions.node}`)];
    for (const check of checks) findings.push(...[(await check()) ?? []].flat());
    for (const { state, text } of findings)
      await session.out.write(`${SIGNS[state]} ${text.split('\n').map(plain).join('\n  ')}\n`);
    const lacking = findings.filter(({ state }) => state === 'bad').length;
    if (lacking > 0) session.conclude({ error: new EnvironmentError(`${many(lacking, 'thing')} to be done`) });
  });
}
