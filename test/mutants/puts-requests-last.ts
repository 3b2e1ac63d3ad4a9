import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Has nobody left for plain requests when there are many WebSockets. */
export default defineMutant('puts-requests-last', { 'load/plain-requests': 'requests-starved' }, () => {
  let tunnels = 0;
  return {
    intercept: (request, client) => {
      if (request.has('upgrade')) tunnels++;
      else if (tunnels > 15) {
        answerItself(client, '503 Service Unavailable');
        return true;
      }
      return false;
    },
  };
});
