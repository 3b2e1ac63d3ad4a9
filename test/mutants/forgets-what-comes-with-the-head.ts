import type { Socket } from 'node:net';
import { defineMutant } from './mutant.ts';

/** Takes a connection over from a server of HTTP, and not what is in its buffer. */
export default defineMutant(
  'forgets-what-comes-with-the-head',
  { 'handshake/early-frame': 'early-bytes-lost' },
  {
    up: (chunk, pass, { origin }) => {
      if (!(origin.stream as Socket).connecting) pass(chunk);
    },
  },
);
