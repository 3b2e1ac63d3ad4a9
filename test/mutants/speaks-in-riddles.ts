import { defineMutant } from './mutant.ts';

/** Puts bytes in front of the request that belong to no protocol. */
export default defineMutant(
  'speaks-in-riddles',
  { 'handshake/upgrade': 'request-garbled' },
  {
    request: (head, { origin }) => {
      origin.write(Buffer.from('\0\0'));
      return head;
    },
  },
);
