import { defineMutant, withStart } from './mutant.ts';

/** Puts the query together again from a table of its parameters, which is sorted. */
export default defineMutant(
  'sorts-parameters',
  { 'handshake/request-target': 'query-reordered' },
  {
    request: (head) =>
      withStart(
        head,
        head.start.replace(/\?(\S*)/, (_, query: string) => `?${query.split('&').sort().join('&')}`),
      ),
  },
);
