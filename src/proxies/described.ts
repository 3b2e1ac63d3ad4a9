import { EnvironmentError } from '../errors.ts';
import type { Transport } from '../wire/endpoint.ts';
import type { Containers } from './containers.ts';
import type { Descriptor, LocalRules } from './descriptor.ts';
import { type ConfigFile, textOf } from './files.ts';
import { type ChosenImage, imageNames } from './image.ts';
import { expectedOf, fixFor } from './knowledge.ts';
import { startLocal } from './local/start.ts';
import { type ModuleStart, startModule } from './module.ts';
import type { Target } from './target.ts';

/** One column of the matrix, before it is a target. */
export interface Column {
  readonly descriptor: Descriptor;
  readonly variant: string;
  readonly transport: Transport;
  /** The name or the folder, as the user writes it. */
  readonly base: string;
  /** Where its proxy.yaml is, if it has one. */
  readonly folder?: string;
  /** A package that it needs and that is not installed. */
  readonly missing?: string | undefined;
}

function shared({ descriptor, variant, transport, base, folder }: Column, version: string | undefined) {
  const { origins, originTls } = descriptor.variants[variant]!;
  const two = origins === 2;
  const at = version === undefined ? '' : `@${version}`;
  return {
    id: `${descriptor.name}${at}:${variant}/${transport}`,
    proxy: descriptor.name,
    ...(version === undefined ? {} : { version }),
    variant,
    transport,
    ...(folder === undefined ? {} : { folder }),
    originNeeds: { ...(two ? { two } : {}), ...(originTls ? { tls: true } : {}) },
    capabilities: two ? (['two-origins'] as const) : [],
    spec: `${base}${at}:${variant}/${transport}`,
    expected: (probe: string, real: string | undefined) =>
      expectedOf(descriptor.variants[variant]!, probe, real ?? version, transport),
    fix: (symptom: string, real: string | undefined) => fixFor(descriptor, symptom, real ?? version),
  };
}

function textsOf(files: readonly ConfigFile[]): Target['config'] {
  return files.flatMap((file) => {
    const text = textOf(file);
    return text === undefined ? [] : [{ path: file.name, text }];
  });
}

/** A proxy of a folder that runs in a container. */
export function containerTarget(
  column: Column,
  chosen: ChosenImage,
  files: readonly ConfigFile[],
  containers: Containers,
): Target {
  const { descriptor, variant, transport } = column;
  const own = descriptor.variants[variant]!;
  const target = shared(column, chosen.version);
  const command = own.command ?? descriptor.command;
  const { listen, tls, version, reload } = descriptor;
  return {
    ...target,
    images: imageNames(descriptor.name, chosen),
    config: textsOf(files),
    originNeeds: { reachableFromContainers: true, ...target.originNeeds },
    capabilities: ['stop', 'memory', ...(reload ? (['reload'] as const) : []), ...target.capabilities],
    start: (surroundings) =>
      containers.start(
        {
          name: target.id,
          proxy: descriptor.name,
          image: chosen.image,
          transport,
          port: listen![transport]!,
          files,
          env: { ...descriptor.env, ...own.env },
          ...(command ? { command } : {}),
          ...(tls ? { tls } : {}),
          ...(version ? { version } : {}),
          ...(reload ? { reload } : {}),
        },
        surroundings,
      ),
  };
}

/** A proxy of a folder that is installed on this machine. */
export function localTarget(column: Column, rules: LocalRules, files: readonly ConfigFile[]): Target {
  const { descriptor, variant, transport } = column;
  const own = descriptor.variants[variant]!;
  const target = shared(column, undefined);
  const { listen, tls, version, env } = descriptor;
  return {
    ...target,
    flags: '--runtime local',
    config: textsOf(files),
    capabilities: ['stop', ...(rules.reload ? (['reload'] as const) : []), ...target.capabilities],
    start: (surroundings) =>
      startLocal(
        {
          name: target.id,
          rules,
          transport,
          listen: listen!,
          files,
          env: { ...env, ...own.env },
          ...(own.command ? { options: own.command } : {}),
          ...(tls ? { tls } : {}),
          ...(version ? { version } : {}),
        },
        surroundings,
      ),
  };
}

/** A proxy of a folder that a module starts, in a process of its own. */
export function moduleTarget(column: Column, file: string, source: { path: string; text: string }): Target {
  const { descriptor, variant, transport, missing } = column;
  const target = shared(column, undefined);
  const { options } = descriptor.variants[variant]!;
  const start: ModuleStart = { name: target.id, file, variant, transport, ...(options ? { options } : {}) };
  return {
    ...target,
    config: [source],
    // Whether a module reloads it says only when it runs.
    capabilities: ['stop', 'reload', ...target.capabilities],
    async start(surroundings) {
      if (missing !== undefined) {
        throw new EnvironmentError(
          `${target.id} needs the package ${missing}, which is not installed: npm install ${missing}.`,
        );
      }
      return startModule(start, surroundings);
    },
  };
}
