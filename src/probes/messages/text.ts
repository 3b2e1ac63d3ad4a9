import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/**
 * The first and last character of each length in UTF-8 (RFC 3629 §3), a byte order mark, what people write, and what
 * filters look for: a chat about programming is full of it.
 */
const TEXTS = [
  '\u0000\u007f \u0080\u07ff \u0800\ud7ff\ue000\uffff \u{10000}\u{10ffff}',
  '\ufeffbehind a byte order mark',
  'Größe, μέγεθος, размер, 寸法, 크기, حجم, e\u0301, 👩‍🚀',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what filters look for.
  '<script>alert("1")</script> \' OR 1=1 -- ../../etc/passwd ${7*7} %0d%0a',
];

// RFC 6455 §5.6: "The "Payload data" is text data encoded as UTF-8. [...] the whole message MUST contain valid UTF-8."
export default defineProbe({
  id: 'messages/text',
  title: 'Text arrives as it was sent, whatever is written in it',
  failure: 'Text does not arrive as it was sent',
  level: 'must',
  spec: ['rfc6455#section-5.6'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial();
    for (const text of TEXTS) {
      const { type, data } = await socket.echo(text);
      expect(type).toBe('text', 'the type of the echo');
      expect(data.toString()).toBe(text, 'the echo');
    }
  },
  why: 'Names and messages of people all over the world are damaged, or the browser closes the connection over them.',
});
