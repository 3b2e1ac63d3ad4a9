import { createHash } from 'node:crypto';

/** Bytes that depend on the seed and on who asks, and on nothing else. */
export function seededBytes(seed: number, id: string): (length: number) => Buffer {
  let counter = 0;
  return (length) => {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 64) {
      blocks.push(createHash('sha512').update(`${seed} ${id} ${counter++}`).digest());
    }
    return Buffer.concat(blocks).subarray(0, length);
  };
}
