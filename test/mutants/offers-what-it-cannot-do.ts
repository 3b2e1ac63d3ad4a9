import { helpless } from './http2.ts';
import { defineMutant } from './mutant.ts';

const NAME = 'offers-what-it-cannot-do';

/** Its library offers extended CONNECT, and what is built upon it has never heard of it. */
export default defineMutant(
  NAME,
  { 'handshake/upgrade': 'extended-connect-not-carried-out' },
  helpless(NAME, { enableConnectProtocol: true }, 500),
);
