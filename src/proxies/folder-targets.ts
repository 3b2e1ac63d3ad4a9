import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { chosenTransports, moduleSource, variantOf } from './choices.ts';
import type { Containers } from './containers.ts';
import { type Column, containerTarget, localTarget, moduleTarget } from './described.ts';
import { missingPackage, type ProxyFolder, readConfigFiles } from './folder.ts';
import { chooseImage } from './image.ts';
import type { LoadOptions } from './load-options.ts';
import { forwarderImage } from './own/forwarder-image.ts';
import { type OwnOptions, ownTargets } from './own/target.ts';
import type { Spec } from './spec.ts';
import type { Target } from './target.ts';
import { rightVariant, transportsOf } from './variants.ts';
import { inRange } from './versions.ts';

type FolderSpec = Spec & { readonly kind: 'proxy' | 'folder' };

/** A folder with a proxy.yaml, and what is to be made of it. */
interface Request {
  readonly spec: FolderSpec;
  readonly folder: ProxyFolder;
  /** The name or the folder, as the user writes it. */
  readonly base: string;
  readonly options: LoadOptions;
  readonly containers: Containers;
}

const overridesOf = ({ images = {}, env = process.env }: LoadOptions) => ({ flags: images, env });

async function ownConfigTargets(request: Request, own: OwnOptions): Promise<Target[]> {
  const { spec, folder, base, options, containers } = request;
  const { descriptor } = folder;
  const { name, image, tag } = descriptor;
  if (spec.variant !== undefined)
    throw new UsageError(`"${spec.text}": a variant or a --config-file, not both of them.`);
  if (image === undefined) {
    throw new UsageError(
      `"${spec.text}": ${name} is a library and reads no configuration file; name the proxy that reads it, such as nginx.`,
    );
  }
  if (options.runtime === 'local')
    throw new UsageError(`"${spec.text}": a --config-file runs in a container, and not with --runtime local.`);
  const overrides = overridesOf(options);
  return ownTargets(own, {
    folder,
    right: rightVariant(descriptor),
    chosen: chooseImage(name, image, spec.version, overrides, tag),
    containers,
    base,
    forwarder: forwarderImage(overrides),
    transports: spec.transport ? [spec.transport] : options.transports,
  });
}

async function moduleTargets({ spec, folder }: Request, columns: readonly Column[]): Promise<Target[]> {
  const { path, descriptor } = folder;
  const { name, module = '' } = descriptor;
  if (spec.version !== undefined) {
    throw new UsageError(
      `"${spec.text}": ${name} is a library and runs as it is installed; its version cannot be chosen.`,
    );
  }
  const file = join(path, module);
  const source = await moduleSource(file, `${name}/${module}`, spec.text);
  return columns.map((column) => moduleTarget(column, file, source));
}

async function localTargets({ spec, folder }: Request, columns: readonly Column[], variant: string): Promise<Target[]> {
  const { name, local, variants } = folder.descriptor;
  if (local === undefined) {
    throw new UsageError(
      `"${spec.text}": how to run ${name} without a container is not known; its proxy.yaml has to say so ("local").`,
    );
  }
  if (spec.version !== undefined)
    throw new UsageError(`"${spec.text}": ${name} runs as it is installed here; its version cannot be chosen.`);
  // An image takes options alone for more of them; anything else is another program.
  if (variants[variant]!.command?.[0]?.startsWith('-') === false) {
    throw new UsageError(
      `"${spec.text}": the variant "${variant}" of ${name} has a command of its own, for its container.`,
    );
  }
  const files = await readConfigFiles(folder, variant);
  return columns.map((column) => localTarget(column, local, files));
}

async function containerTargets(
  { spec, folder, options, containers }: Request,
  columns: readonly Column[],
  variant: string,
): Promise<Target[]> {
  // A version that proxy.yaml does not list is allowed: it is only a tag, and the image is there or is not.
  const { name, image = '', tag, variants } = folder.descriptor;
  const chosen = chooseImage(name, image, spec.version, overridesOf(options), tag);
  const { versions } = variants[variant]!;
  if (versions !== undefined && chosen.version !== undefined && !inRange(chosen.version, versions)) {
    throw new UsageError(
      `"${spec.text}": the variant "${variant}" of ${name} is for versions ${versions}, not for ${chosen.version}.`,
    );
  }
  const files = await readConfigFiles(folder, variant);
  return columns.map((column) => containerTarget(column, chosen, files, containers));
}

/**
 * The targets of a folder with a proxy.yaml: one for each transport.
 *
 * @throws UsageError for what it does not have
 */
export async function folderTargets(request: Request): Promise<Target[]> {
  const { spec, folder, base, options } = request;
  const { descriptor } = folder;
  if (options.own) return ownConfigTargets(request, options.own);
  const variant = variantOf(descriptor, spec.variant, spec.text);
  const has = transportsOf(descriptor, variant);
  const missing = missingPackage(folder);
  const columns = chosenTransports(has, spec.transport, options.transports, spec.text).map(
    (transport): Column => ({ descriptor, variant, transport, base, folder: folder.path, missing }),
  );
  if (descriptor.image === undefined) return moduleTargets(request, columns);
  return options.runtime === 'local'
    ? localTargets(request, columns, variant)
    : containerTargets(request, columns, variant);
}
