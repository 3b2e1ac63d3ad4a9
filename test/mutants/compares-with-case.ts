import { defineMutant, without } from './mutant.ts';

/** A rule of Squid or Varnish that compares “websocket” letter by letter. */
export default defineMutant(
  'compares-with-case',
  { 'handshake/token-case': 'upgrade-headers-dropped' },
  { request: (head) => (head.get('upgrade') === 'websocket' ? head : without(head, 'connection', 'upgrade')) },
);
