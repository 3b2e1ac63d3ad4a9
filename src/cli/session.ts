import type { Outcome } from './exit.ts';
import type { Interruption } from './interruption.ts';
import type { Outlet } from './outlet.ts';

/** What every command works with. */
export interface Session {
  /** The result. */
  readonly out: Outlet;
  /** Progress, and what went wrong. */
  readonly err: Outlet;
  readonly interruption: Interruption;
  readonly version: string;
  /** The arguments as they were given. */
  readonly argv: readonly string[];
  /** What the command came to; without it a command that returns came to a good end. */
  conclude(outcome: Outcome): void;
}
