import type { Link } from '../../src/wire/link.ts';
import { defineMutant } from './mutant.ts';

/** Writes each fifth message to the client before as well. */
export default defineMutant('mixes-clients-up', { 'load/side-by-side': 'clients-mixed-up' }, () => {
  let count = 0;
  let before: Link | undefined;
  return {
    down: (bytes, pass, { client }) => {
      pass(bytes);
      if (++count % 5 === 0 && before !== client) before?.write(bytes);
      before = client;
    },
  };
});
