import { isControl } from '../../src/wire/frame.ts';
import { defineMutant, idleTimeout } from './mutant.ts';

/** Takes a connection on which only pings and pongs go for idle. */
export default defineMutant(
  'counts-only-messages',
  { 'lifetime/client-pings': 'pings-only-cut', 'lifetime/origin-pings': 'pings-only-cut' },
  idleTimeout(800, ({ opcode }) => !isControl(opcode)),
);
