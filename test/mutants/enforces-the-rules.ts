import { closePayload, encodeFrame, Opcode } from '../../src/wire/frame.ts';
import { brokenRule } from '../../src/wire/rules.ts';
import { defineMutant } from './mutant.ts';

/** Ends the WebSocket of the client as RFC 6455 wants it from a server: with 1002 for a frame that breaks its rules. */
export default defineMutant(
  'enforces-the-rules',
  {
    'messages/rsv-bits': 'rules-enforced',
    'messages/reserved-opcode': 'rules-enforced',
    'messages/unmasked-frame': 'rules-enforced',
  },
  {
    upFrame: (frame, pass, { client, origin }) => {
      if (brokenRule(frame, { from: 'client' }) === undefined) return pass(frame);
      client.write(encodeFrame({ opcode: Opcode.close, payload: closePayload(1002) }));
      client.finish();
      origin.finish();
    },
  },
);
