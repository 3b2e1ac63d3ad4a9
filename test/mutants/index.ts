import dropsUpgrade from './drops-upgrade.ts';
import type { Mutant } from './mutant.ts';

export const mutants: readonly Mutant[] = [dropsUpgrade];
