import { Opcode } from '../../src/wire/frame.ts';
import { defineMutant, perPair } from './mutant.ts';

/** Welcomes each client by a message of its own. */
export default defineMutant('puts-in-a-word', { 'messages/binary': 'messages-invented' }, () => {
  const once = perPair(() => ({ welcome: Buffer.from('welcome') }));
  return {
    downFrame: (frame, pass, pair) => {
      const { welcome } = once(pair);
      if (welcome.length > 0) pass({ opcode: Opcode.text, payload: welcome });
      once(pair).welcome = Buffer.alloc(0);
      pass(frame);
    },
  };
});
