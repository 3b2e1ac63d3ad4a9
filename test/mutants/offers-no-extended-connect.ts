import { helpless } from './http2.ts';
import { defineMutant } from './mutant.ts';

const NAME = 'offers-no-extended-connect';

/** HTTP/2 is for pages only. */
export default defineMutant(NAME, { 'handshake/upgrade': 'extended-connect-not-offered' }, helpless(NAME, {}, 200));
