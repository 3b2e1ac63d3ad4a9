import { acceptFor } from '../../src/wire/handshake.ts';
import { defineMutant, withField } from './mutant.ts';

/** Writes the 101 itself as soon as the origin has sent one. */
export default defineMutant(
  'repairs-101',
  { 'rejection/101-for-another-protocol': 'bad-switch-hidden', 'rejection/101-accept': 'bad-switch-hidden' },
  {
    response: (head, { request }) =>
      head.status === 101
        ? withField(
            withField(head, 'Upgrade', 'websocket'),
            'Sec-WebSocket-Accept',
            acceptFor(request.get('sec-websocket-key') ?? ''),
          )
        : head,
  },
);
