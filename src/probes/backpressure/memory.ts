import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '../expect.ts';
import { atMost, MESSAGE, MIB, standstill } from '../pressure.ts';
import { defineProbe } from '../probe.ts';

/** MiB, with what the kernel keeps for the two connections. */
const MOST = 32;

/** Bytes of memory, when what other probes have made it hold has been given back; that takes a moment, or does not happen. */
async function settled(memory: () => Promise<number>): Promise<number> {
  let bytes = Number.POSITIVE_INFINITY;
  for (let looks = 0; looks < 5; looks++) {
    const before = bytes;
    await delay(100);
    bytes = await memory();
    if (Math.abs(before - bytes) < MIB) break;
  }
  return bytes;
}

// RFC 6455 §10.4: "Implementations that have implementation- and/or platform-specific limitations regarding the frame
// size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits."
export default defineProbe({
  id: 'backpressure/memory',
  title: `A client that does not read costs the proxy no more than ${MOST} MiB of memory`,
  failure: `A client that does not read costs the proxy more than ${MOST} MiB of memory`,
  level: 'should',
  spec: ['rfc6455#section-10.4'],
  needs: ['handshake/upgrade'],
  tag: 'full',
  requires: ['memory'],
  exclusive: true,
  gatewayOnly: true,
  async run({ dial, journal, measure, proxy }) {
    const before = await settled(proxy.memory);
    const socket = await dial({ scene: { play: 'flood', size: MESSAGE } });
    socket.link.pause();
    await standstill(async () => (await journal(socket)).bytesOut);
    const grown = Math.max(0, (await proxy.memory()) - before);
    measure('memoryAtMost', atMost(grown), 'bytes');
    expect(Math.round(grown / MIB)).toBeAtMost(MOST, 'MiB by which the memory of the proxy has grown');
  },
  why: 'It takes a hundred such clients, and the kernel ends the proxy and everybody’s connections with it.',
});
