import { Command } from 'commander';
import type { Symptom } from '../diagnosis/symptom.ts';
import { symptoms } from '../diagnosis/symptoms.ts';
import { suggestion, UsageError } from '../errors.ts';
import { probes } from '../probes/index.ts';
import type { Probe } from '../probes/probe.ts';
import { specName, specUrl } from '../probes/spec.ts';
import { listProxies, type ProxySummary } from '../proxies/summary.ts';
import { plain, wrap } from '../report/terminal/text.ts';
import type { Session } from './session.ts';

const LEVELS: Record<Probe['level'], string> = {
  must: 'a requirement: if it does not hold, that is a failure',
  should: 'a recommendation: if it does not hold, that is a warning',
  info: 'a measurement: no judgement',
};

/** Text for people never gets wider than is good to read. */
const READABLE = 100;

function explainProbe(probe: Probe, width: number): string[] {
  const {
    id,
    title,
    failure,
    level,
    why,
    needs = [],
    presumes = [],
    transports,
    tag = 'quick',
    spec,
    oneSided,
  } = probe;
  const facts = [
    `level: ${level}, ${LEVELS[level]}`,
    `preset: ${tag}`,
    ...(transports ? [`transports: ${transports.join(', ')}`] : []),
    ...(needs.length > 0 ? [`needs: ${needs.join(', ')}`] : []),
    ...(presumes.length > 0 ? [`presumes: ${presumes.join(', ')}`] : []),
    oneSided ? 'says something about an unknown application as well' : 'needs the origin of wsproof behind the proxy',
  ];
  return [
    id,
    '',
    ...wrap(`When it holds: ${title}.`, width),
    ...wrap(`When it does not: ${failure}.`, width),
    '',
    ...wrap(why, width),
    '',
    ...facts,
    '',
    'What it rests on:',
    ...spec.flatMap((ref) => [`  ${specName(ref)}`, `    ${specUrl(ref)}`]),
    '',
    `Try it: wsproof probe --probe ${id} --trace`,
  ];
}

function cures({ name, fixes }: ProxySummary, symptom: string, width: number): string[] {
  return (fixes?.[symptom] ?? []).flatMap(({ text, config, docs, versions }) => [
    '',
    ...wrap(`${name}${versions === undefined ? '' : ` ${versions}`}: ${text}`, width),
    ...(config === undefined
      ? []
      : [
          '',
          ...config
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]),
    ...(docs === undefined ? [] : ['', `  ${docs}`]),
  ]);
}

function explainSymptom({ id, title, advice }: Symptom, proxies: readonly ProxySummary[], width: number): string[] {
  const known = proxies.flatMap((proxy) => cures(proxy, id, width));
  return [
    id,
    '',
    ...wrap(`${title}.`, width),
    ...wrap(advice, width),
    '',
    ...(known.length > 0
      ? ['What to change:', ...known]
      : ['No proxy that comes with wsproof has a fix of its own for it.']),
  ];
}

async function explain(id: string, width: number): Promise<string[]> {
  const probe = probes.find((one) => one.id === id);
  if (probe) return explainProbe(probe, width);
  const symptom = symptoms.find((one) => one.id === id);
  if (symptom) return explainSymptom(symptom, await listProxies(), width);
  const known = [...probes, ...symptoms].map((one) => one.id);
  const tail = known.find((one) => one.endsWith(`/${id}`));
  const hint = tail ? ` Did you mean "${tail}"?` : suggestion(id, known);
  throw new UsageError(`There is no probe and no symptom "${id}".${hint} \`wsproof list\` names them all.`);
}

export function explainCommand(session: Session): Command {
  return new Command('explain')
    .description('Explain a probe or a symptom: what it means, why it matters, what to change')
    .argument('<id>', 'handshake/upgrade, upgrade-headers-dropped …')
    .action(async (id: string) => {
      const lines = await explain(id, Math.min(session.out.width, READABLE));
      await session.out.write(`${lines.map(plain).join('\n')}\n`);
    });
}
