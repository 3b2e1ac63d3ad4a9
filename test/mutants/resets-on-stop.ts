import { defineMutant, toAllPairs } from './mutant.ts';

/** Ends as a process does that is killed with unread bytes in its sockets. */
export default defineMutant(
  'resets-on-stop',
  { 'lifetime/stop': 'stop-not-told' },
  toAllPairs('stop', ({ client, origin }) => {
    client.reset();
    origin.reset();
  }),
);
