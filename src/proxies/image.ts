/** The parts of an image's name: `registry:5000/team/nginx:1.30@sha256:…`. */
interface ImageName {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

function parseImage(image: string): ImageName {
  const [name = '', digest] = image.split('@');
  // A colon in front of a slash belongs to the registry's port.
  const match = /^(?<repository>.+?)(?::(?<tag>[^:/]+))?$/.exec(name)?.groups;
  const { repository = name, tag } = match ?? {};
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** An image, and the version that it stands for as far as its tag tells. */
export interface ChosenImage {
  readonly image: string;
  readonly version?: string;
}

/** Where another image than the proxy's own can be named. */
export interface ImageOverrides {
  /** `--image nginx=…`, `--image nginx@1.18=…` */
  readonly flags: Readonly<Record<string, string>>;
  /** `WSPROOF_IMAGE_NGINX` */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What `--image` calls the image of a proxy: by its name, and by the version as well. */
export function imageNames(proxy: string, { version }: ChosenImage): string[] {
  return [proxy, ...(version === undefined ? [] : [`${proxy}@${version}`])];
}

/** The environment variable that names another image for a proxy. */
export function imageVariable(proxy: string): string {
  return `WSPROOF_IMAGE_${proxy.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * The image to start. One that is named for this very version is taken as it is. Otherwise an override is preferred to
 * the image of proxy.yaml, and a version that was asked for is the tag, even where another tag is written.
 *
 * @param own the image of proxy.yaml, with the usual version as its tag
 * @param version what stands behind the `@` of the target
 * @param spelling how the tags of that image spell a version: `v{version}-latest`
 */
export function chooseImage(
  proxy: string,
  own: string,
  version: string | undefined,
  { flags, env }: ImageOverrides,
  spelling = '{version}',
): ChosenImage {
  const usual = version ?? parseImage(own).tag;
  const exact = usual === undefined ? undefined : flags[`${proxy}@${usual}`];
  if (exact !== undefined) return { image: exact, ...(usual === undefined ? {} : { version: usual }) };

  const other = flags[proxy] ?? (env[imageVariable(proxy)] || undefined);
  const { repository, tag, digest } = parseImage(other ?? own);
  if (version === undefined && digest !== undefined) {
    return { image: `${repository}${tag ? `:${tag}` : ''}@${digest}`, ...(tag === undefined ? {} : { version: tag }) };
  }
  const chosen = version ?? tag ?? usual;
  if (chosen === undefined) return { image: repository };
  const spelled = other === undefined ? spelling.replace('{version}', chosen) : chosen;
  return { image: `${repository}:${spelled}`, version: chosen };
}

/** Whether an image is one of a proxy: the last part of its name is that of the proxy's own, or of one named for it. */
export function isImageOf(
  image: string,
  proxy: string,
  own: string | undefined,
  { flags, env }: ImageOverrides,
): boolean {
  const lastPart = (name: string): string | undefined => parseImage(name).repository.split('/').at(-1);
  const others = [own, flags[proxy], env[imageVariable(proxy)] || undefined];
  return others.some((other) => other !== undefined && lastPart(other) === lastPart(image));
}
