import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** Answers 200 with an empty page when the origin hangs up. */
export default defineMutant(
  'makes-light-of-a-crash',
  { 'rejection/origin-drops': 'drop-misreported' },
  { originEnded: (_, { client }) => answerItself(client, '200 OK') },
);
