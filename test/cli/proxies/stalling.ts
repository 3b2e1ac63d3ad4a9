import { relay } from '../../mutants/relay.ts';

/** Passes requests on, and swallows handshakes: it is ready, and then nothing comes. */
export default relay('stalling', { intercept: (head) => head.has('upgrade') });
