import { relay } from '../../mutants/relay.ts';

export default relay('good');
