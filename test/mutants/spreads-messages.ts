import { encodeFrame, FrameReader } from '../../src/wire/frame.ts';
import { type Link, socketLink } from '../../src/wire/link.ts';
import { balancer, type Line } from './balancer.ts';
import { defineMutant } from './mutant.ts';

const MASK = Buffer.from([1, 2, 3, 4]);

/** Opens the WebSocket at both origins and gives each of them every second message. */
export default defineMutant(
  'spreads-messages',
  { 'balancing/one-connection': 'connection-split' },
  balancer('spreads-messages', () => {
    const spread = new WeakMap<Line, { second: Link; reader: FrameReader; turn: number }>();
    return {
      answered: (line) => {
        let switched = false;
        const second = socketLink(line.open(line.ports[line.chosen === 0 ? 1 : 0]), {
          onData: (chunk) => {
            if (switched) line.client.write(chunk);
            switched = true;
          },
        });
        second.write(line.bytes);
        spread.set(line, { second, reader: new FrameReader(), turn: 0 });
      },
      up: (chunk, line) => {
        const state = spread.get(line)!;
        for (const frame of state.reader.push(chunk)) {
          const to = state.turn++ % 2 === 0 ? line.origin : state.second;
          to.write(encodeFrame({ ...frame, mask: MASK }));
        }
      },
    };
  }),
);
