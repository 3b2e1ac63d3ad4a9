import { without } from '../../mutants/mutant.ts';
import { relay } from '../../mutants/relay.ts';

/** Opens no tunnel for requests that have come through another proxy. */
export default relay('direct-only', {
  request: (head) => (head.has('via') ? without(head, 'connection', 'upgrade') : head),
});
