import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant, toAllPairs } from './mutant.ts';

/** Says goodbye to both sides when it reloads, with the same bytes. */
export default defineMutant(
  'reloads-without-a-mask',
  { 'lifetime/reload': 'masking-changed' },
  toAllPairs('reload', ({ client, origin }) => {
    for (const side of [client, origin]) {
      side.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1001) }));
      side.finish();
    }
  }),
);
