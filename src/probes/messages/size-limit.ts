import { MIB } from '../pressure.ts';
import { defineProbe } from '../probe.ts';
import { echoEach } from '../size-limit.ts';

// RFC 6455 §10.4: "Implementations that have implementation- and/or platform-specific limitations regarding the frame
// size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those
// limits." A proxy that passes bytes on has none.
export default defineProbe({
  id: 'messages/size-limit',
  title: 'Messages of 16 MiB get through as well',
  failure: 'There is a limit to the size of messages',
  level: 'info',
  spec: ['rfc6455#section-10.4', 'rfc6455#section-7.4.1'],
  needs: ['messages/large'],
  tag: 'full',
  timeout: 90_000,
  run: (context) => echoEach(context, [2 * MIB, 4 * MIB, 16 * MIB], MIB),
  why: 'A limit that nobody knows of is met by the one customer whose document is larger than all others.',
});
