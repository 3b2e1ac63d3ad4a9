import { defineMutant } from './mutant.ts';

/** Nobody listens: port 1 (tcpmux) is one that nobody is given by chance. */
export default defineMutant(
  'is-not-there',
  { 'handshake/upgrade': 'proxy-unreachable' },
  { name: 'is-not-there', start: async () => ({ ports: { ws: 1 }, close: async () => {} }) },
);
