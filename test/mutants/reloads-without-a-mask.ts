import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { defineMutant } from './mutant.ts';
import type { Pair } from './relay.ts';

/** Says goodbye to both sides when it reloads, with the same bytes. */
export default defineMutant('reloads-without-a-mask', { 'lifetime/reload': 'masking-changed' }, () => {
  const pairs = new Set<Pair>();
  return {
    response: (head, pair) => {
      pairs.add(pair);
      return head;
    },
    reload: () => {
      for (const { client, origin } of pairs) {
        for (const side of [client, origin]) {
          side.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1001) }));
          side.finish();
        }
      }
    },
  };
});
