import type { Link } from '../../src/wire/link.ts';
import { defineMutant } from './mutant.ts';

/** Looks for the client of a message by a number that was another client's before: each fifth goes astray. */
export default defineMutant('mixes-clients-up', { 'load/side-by-side': 'clients-mixed-up' }, () => {
  let count = 0;
  let last: Link | undefined;
  return {
    down: (bytes, pass, { client }) => {
      const astray = ++count % 5 === 0 && last?.writable ? last : undefined;
      if (astray) astray.write(bytes);
      else pass(bytes);
      last = client;
    },
  };
});
