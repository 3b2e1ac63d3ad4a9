import { blamesNobody, finds } from './finding.ts';
import { as, close, dialogue, forged, lost, type Step, text } from './hand-made-dialogue.ts';

/** A frame of the client that breaks a rule. */
const breaking = (how: Partial<Step['frame']>): Step => {
  const step = text('client');
  return { ...step, frame: { ...step.frame, ...how } };
};

finds('policing', [
  [
    'rules-enforced',
    dialogue([text('client'), lost(breaking({ rsv: 2 })), forged(close('origin', 1002))], { client: { ending: 9 } }),
    'The proxy ended the connection over RSV bits 2 without an extension (RFC 6455 §5.2), with 1002',
  ],
  [
    'rules-enforced',
    dialogue([lost(breaking({ payload: Buffer.from([0xff]) }))], { client: { ending: 9 }, origin: { ending: 9 } }),
    'The proxy ended the connection over text that is not UTF-8, with no close code',
  ],
]);

blamesNobody([
  [
    'the frame that breaks a rule came to the origin, and what came then is another matter',
    dialogue([breaking({ opcode: 3 }), lost(text('client'))]),
    'messages-withheld',
  ],
  [
    'an end answers in kind to what had been broken on its way there',
    dialogue([as(text('client'), { opcode: 8, payload: Buffer.alloc(2) }), lost(close('origin', 0))], {
      client: { ending: 9 },
    }),
    'frames-broken',
  ],
]);
