import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const EVERY_BYTE = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

// RFC 6455 §5.6: "The "Payload data" is arbitrary binary data whose interpretation is solely up to the application
// layer."
export default defineProbe({
  id: 'messages/binary',
  title: 'Binary messages arrive byte for byte',
  failure: 'Binary messages do not arrive byte for byte',
  level: 'must',
  spec: ['rfc6455#section-5.6'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial();
    // What fails now fails because it is binary.
    await socket.echo('a text');
    const { data } = await socket.echo(EVERY_BYTE);
    expect(data).toBe(EVERY_BYTE, 'the echo');
  },
  why: 'Images, audio and packed data are damaged, most often where a byte looks like text or like the end of a line.',
});
