import { Command } from 'commander';
import { type Benchmark, bench, type Figure } from '../bench/bench.ts';
import { UsageError } from '../errors.ts';
import type { Look } from '../report/terminal/look.ts';
import { duration as shownDuration } from '../report/terminal/summary.ts';
import { pad, plain, widthOf, wrap } from '../report/terminal/text.ts';
import { refuseIdleTargetFlags, typedFlags } from './idle-flags.ts';
import {
  addAddressOptions,
  addMachineryOptions,
  option,
  type TargetFlags,
  timeoutOption,
  transportOption,
} from './options.ts';
import { addOwnOptions } from './own-options.ts';
import { TARGET_HELP } from './probe.ts';
import type { Session } from './session.ts';
import { targetsOf } from './targets.ts';
import { duration, whole } from './values.ts';

interface BenchFlags extends TargetFlags {
  readonly duration: number;
  readonly connections: number;
  readonly timeout: number;
  readonly json?: true;
  readonly color: boolean;
}

const amount = (value: number, unit: Figure['unit']): string =>
  `${value.toLocaleString('en-US', { maximumSignificantDigits: 3 })} ${unit}`;

/** What the proxy makes of it: the time that it adds, or what is left of a rate. */
function effect({ unit, through, direct }: Figure): string {
  // What takes less time than without the proxy is this machine, not the proxy.
  if (unit === 'ms') return through <= direct ? '≈' : `+${amount(through - direct, unit)}`;
  return `${Math.round((100 * through) / direct)} %`;
}

const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** A benchmark as a table for the terminal. */
export function renderBenchmark(benchmark: Benchmark, { paint, width }: Pick<Look, 'paint' | 'width'>): string {
  const { target, version, image, connections, durationMs, figures } = benchmark;
  const rows = [
    ['', 'through', 'direct', ''],
    ...figures.map((figure) => {
      const { title, unit, through, direct } = figure;
      return [title, amount(through, unit), amount(direct, unit), effect(figure)];
    }),
  ];
  const widths = [0, 1, 2, 3].map((i) => Math.max(...rows.map((row) => widthOf(row[i]!))));
  const lines = rows.map(([title, through, direct, change], i) => {
    const columns = [
      pad(title!, widths[0]!),
      paint(i === 0 ? 'dim' : 'bold', padStart(through!, widths[1]!)),
      paint('dim', padStart(direct!, widths[2]!)),
      padStart(change!, widths[3]!),
    ];
    return columns.join('   ').trimEnd();
  });
  const heading = [plain(target), version && `version ${plain(version)}`, image && plain(image)].filter(Boolean);
  const note =
    `What is counted is counted over ${connections} connections, messages of 64 KiB over one; each number took ` +
    `${shownDuration(durationMs)} on either side, in turns. Client and origin are one process of this machine, and its speed is in both columns.`;
  return `${[heading.join('  '), '', ...lines, '', ...wrap(note, Math.min(width, 100)).map((line) => paint('dim', line))].join('\n')}\n`;
}

export function benchCommand(session: Session): Command {
  const command = new Command('bench')
    .description('Measure connections, messages and latency through a proxy, beside the same without it')
    .argument('[target]', 'what to load; one, and none with --compose')
    .addHelpText('after', TARGET_HELP)
    .action(async (given: string | undefined, flags: BenchFlags) => {
      const { out, err, interruption, version } = session;
      const specs = given === undefined ? [] : [given];
      const typed = typedFlags(command);
      const targets = await targetsOf(specs, flags);
      refuseIdleTargetFlags(typed, flags, specs, targets);
      const [target, other] = targets;
      if (!target) throw new UsageError('Which target is to be loaded? For one, wsproof bench http-proxy.');
      if (other)
        throw new UsageError(
          `${targets.length} targets are meant, and one is loaded at a time: ${target.id}, for one.`,
        );
      if (target.originNeeds.foreign || target.originNeeds.remote) {
        throw new UsageError(
          `Behind ${target.id} stands what is not on this machine, and nobody has asked to be loaded. Let the proxy forward to this machine, and say --origin local:PORT.`,
        );
      }
      const benchmark = await bench(target, {
        duration: flags.duration,
        connections: flags.connections,
        patience: flags.timeout,
        ...(flags.keep ? { keep: true } : {}),
        signal: interruption.signal,
        tell: (progress) => void err.write(`${plain(progress)}\n`),
      }).catch((error: unknown) => {
        if (interruption.signal.aborted) return undefined;
        throw error;
      });
      if (benchmark) {
        const look = { width: out.width, paint: out.paint(flags.color) };
        const tool = { name: 'wsproof', version };
        await out.write(
          flags.json
            ? `${JSON.stringify({ schemaVersion: 1, tool, ...benchmark }, null, 2)}\n`
            : renderBenchmark(benchmark, look),
        );
      }
      const signal = interruption.received;
      session.conclude(signal ? { signal } : {});
    });
  command
    .optionsGroup('Load:')
    .addOption(transportOption())
    .addOption(option('--duration <time>', 'for each number, on either side').argParser(duration).default(2000, '2s'))
    .addOption(option('--connections <count>', 'at a time').argParser(whole(1, 1000)).default(16))
    .addOption(timeoutOption());
  addOwnOptions(addAddressOptions(addMachineryOptions(command)));
  return command
    .optionsGroup('Result:')
    .addOption(option('--json', 'print the numbers as JSON'))
    .option('--no-color', 'no colours (as NO_COLOR)');
}
