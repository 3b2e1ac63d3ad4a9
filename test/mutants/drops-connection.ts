import { defineMutant, withFields } from './mutant.ts';

/** The line for Upgrade is there and the one for Connection is not: what follows is the proxy's usual. */
export default defineMutant(
  'drops-connection',
  { 'handshake/connection-token': 'connection-not-forwarded' },
  {
    request: (head) =>
      withFields(head, (fields) => fields.map(([name, value]) => [name, name === 'Connection' ? 'keep-alive' : value])),
  },
);
