import { defineMutant } from './mutant.ts';

/** Closes the socket that it listens on together with the connections that nobody has accepted yet. */
export default defineMutant(
  'drops-what-waits-on-reload',
  { 'lifetime/handshakes-during-reload': 'handshake-lost-on-reload' },
  () => {
    let waiting = 0;
    return {
      reload: () => {
        waiting = 1;
      },
      intercept: (_, client) => {
        if (waiting-- <= 0) return false;
        client.reset();
        return true;
      },
    };
  },
);
