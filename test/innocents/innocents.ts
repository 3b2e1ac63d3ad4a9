import { withFields } from '../mutants/mutant.ts';
import { type Meddling, relay } from '../mutants/relay.ts';

/** Writes one byte after the other, each in a turn of its own. */
const byteByByte: NonNullable<Meddling['up']> = async (chunk, pass) => {
  // Large messages would take minutes byte by byte; their border cases are in the first and last bytes.
  const cuts = chunk.length > 512 ? [0, 1, 2, 3, 4, chunk.length - 1, chunk.length] : [...chunk.keys(), chunk.length];
  for (let i = 1; i < cuts.length; i++) {
    pass(chunk.subarray(cuts[i - 1]!, cuts[i]!));
    await new Promise(setImmediate);
  }
};

/** Proxies that behave, if oddly: every probe must be green on each of them. */
export const innocents = [
  relay('transparent'),
  relay('writes-byte-by-byte', { up: byteByByte, down: byteByByte }),
  relay('lower-cases-names', {
    request: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
    response: (head) => withFields(head, (fields) => fields.map(([name, value]) => [name.toLowerCase(), value])),
  }),
  relay('adds-forwarding-fields', {
    request: (head) =>
      withFields(head, (fields) => [
        ...fields,
        ['X-Forwarded-For', '127.0.0.1'],
        ['X-Forwarded-Proto', 'http'],
        ['X-Forwarded-Host', head.get('host') ?? ''],
        ['Via', '1.1 innocent'],
      ]),
    response: (head) => withFields(head, (fields) => [...fields, ['Via', '1.1 innocent']]),
  }),
];
