import { defineMutant } from './mutant.ts';

/** Sets FIN on every frame: has never heard of fragments. */
export default defineMutant(
  'ends-every-frame',
  { 'messages/fragments': 'frames-broken' },
  { upFrame: (frame, pass) => pass({ ...frame, fin: true }) },
);
