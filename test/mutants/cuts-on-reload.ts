import { defineMutant, toAllPairs } from './mutant.ts';

/** Begins anew with its new configuration, and leaves the connections of the old one to their fate. */
export default defineMutant(
  'cuts-on-reload',
  { 'lifetime/reload': 'cut-on-reload' },
  toAllPairs('reload', ({ client, origin }) => {
    client.finish();
    origin.finish();
  }),
);
