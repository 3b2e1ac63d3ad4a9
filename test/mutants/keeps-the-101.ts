import { defineMutant } from './mutant.ts';

/** http-proxy without a listener for `upgrade`: the origin accepts, and nobody tells the client. */
export default defineMutant('keeps-the-101', { 'handshake/upgrade': 'answer-withheld' }, { answer: () => {} });
