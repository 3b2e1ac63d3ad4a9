import { describe, it } from 'node:test';
import { killedAt } from '../cli/killing.ts';

describe('a run that is killed', () => {
  it('leaves a report that can be read, at 20 points of it', (test) => killedAt(20, test));
});
