import { defineMutant, perPair } from './mutant.ts';

/** Reads from the origin only when the client has said something, as if each message were a request. */
export default defineMutant('lets-the-client-speak-first', { 'messages/server-first': 'messages-withheld' }, () => {
  const turn = perPair(() => ({ spoken: false, waiting: [] as (() => void)[] }));
  return {
    upFrame: (frame, pass, pair) => {
      turn(pair).spoken = true;
      pass(frame);
      for (const write of turn(pair).waiting.splice(0)) write();
    },
    downFrame: (frame, pass, pair) => {
      if (turn(pair).spoken) pass(frame);
      else turn(pair).waiting.push(() => pass(frame));
    },
  };
});
