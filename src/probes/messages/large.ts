import { defineProbe } from '../probe.ts';
import { echoEach } from '../size-limit.ts';

const KIB = 1024;

// RFC 6455 §10.4: "Implementations that have implementation- and/or platform-specific limitations regarding the frame
// size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those
// limits." It is for the two ends to have them: a proxy does not need to hold a message in order to pass it on.
export default defineProbe({
  id: 'messages/large',
  title: 'Messages of up to 1 MiB get through',
  failure: 'Large messages do not get through',
  level: 'should',
  spec: ['rfc6455#section-10.4', 'rfc6455#section-7.4.1'],
  needs: ['handshake/upgrade', 'messages/sizes'],
  timeout: 60_000,
  run: (context) => echoEach(context, [64 * KIB, 256 * KIB, 1024 * KIB]),
  why: 'Uploads and large documents end the connection, with code 1009 or with none.',
});
