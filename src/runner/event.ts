import type { EnvironmentError } from '../errors.ts';
import type { Target } from '../proxies/target.ts';
import type { Cell } from '../report/document.ts';

/** What whoever watches a run is told, as it happens. */
export type RunEvent =
  | { readonly kind: 'starting'; readonly target: Target; readonly progress: string }
  | { readonly kind: 'ready'; readonly target: Target }
  | { readonly kind: 'failed'; readonly target: Target; readonly error: EnvironmentError }
  | { readonly kind: 'cell'; readonly target: Target; readonly cell: Cell }
  | { readonly kind: 'done'; readonly target: Target };
