import { withField } from '../../mutants/mutant.ts';
import { relay } from '../../mutants/relay.ts';

/** Says that it was there, as proxies do (RFC 9110 §7.6.3). */
export default relay('naming', { request: (head) => withField(head, 'Via', '1.1 naming') });
