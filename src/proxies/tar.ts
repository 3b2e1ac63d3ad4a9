/** A file that goes into a container, by its absolute path there. */
export interface ContainerFile {
  readonly path: string;
  readonly content: Buffer;
  /** Default false. */
  readonly executable?: boolean;
}

const BLOCK = 512;

/** A name of up to 255 bytes, cut at a slash into the two fields that a header has for it. */
function splitName(path: string): [name: string, prefix: string] {
  if (Buffer.byteLength(path) <= 100) return [path, ''];
  const slash = path.indexOf('/', path.length - 101);
  if (slash < 0 || slash > 155) throw new RangeError(`the path is too long for a tar archive: ${path}`);
  return [path.slice(slash + 1), path.slice(0, slash)];
}

function header(path: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const [name, prefix] = splitName(path);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  block.write(name, 0);
  // Readable for all: a proxy may have given its privileges up before it reads.
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(Math.floor(Date.now() / 1000), 12), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(prefix, 345);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/** A tar archive of these files (POSIX.1-1988, ustar), as the engine takes it to copy files into a container. */
export function tar(files: readonly ContainerFile[]): Buffer {
  const parts = files.flatMap(({ path, content, executable = false }) => [
    header(path.replace(/^\/+/, ''), content.length, executable ? 0o755 : 0o644),
    content,
    Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
  ]);
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}
