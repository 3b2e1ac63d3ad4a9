import { withStart } from '../mutants/mutant.ts';
import { blamesNobody, finds } from './finding.ts';
import { HANDSHAKE } from './hand-made.ts';

const ABORT = {
  sent: withStart(HANDSHAKE, 'GET /chat/room?nonce=n1&scene=hang HTTP/1.1'),
  replied: null,
  got: null,
  kind: 'timeout',
} as const;

finds('aborts', [['abort-not-propagated', ABORT]]);

blamesNobody([['the origin was told', { ...ABORT, noted: { ending: { how: 'fin', at: 9 } } }]]);
