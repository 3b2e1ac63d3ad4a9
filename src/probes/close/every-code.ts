import { Opcode, parseClosePayload } from '../../wire/frame.ts';
import { closeIn } from '../../wire/record.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

/** All that may stand in a close frame today, and both ends of the two ranges that are free for libraries and applications. */
const CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];

/** As long as a control frame lets it be (RFC 6455 §5.5). */
const reasonFor = (code: number): string => `${code} `.padEnd(123, '.');

const shown = ({ code, reason }: { readonly code?: number; readonly reason: string }): string => `${code} ${reason}`;

// RFC 6455 §7.4.2: 3000-3999 "are reserved for use by libraries, frameworks, and applications", 4000-4999 "are reserved
// for private use". What stands between 1000 and 2999 grows by registration (§11.7): a proxy cannot know all of it.
export default defineProbe({
  id: 'close/every-code',
  title: 'Every close code that may be sent gets through, in both directions',
  failure: 'Some of the close codes that may be sent do not get through',
  level: 'must',
  spec: ['rfc6455#section-7.4.1', 'rfc6455#section-7.4.2', 'rfc6455#section-11.7'],
  needs: ['close/client-code', 'close/origin-code'],
  async run({ dial, journal, patience }) {
    for (const code of CODES) {
      const closed = { code, reason: reasonFor(code) };
      const leaving = await dial();
      leaving.sendClose(code, closed.reason);
      const seen = await journal(leaving, ({ frames }) => closeIn(frames, 'received') !== undefined, 'a close frame');
      expect(shown(closeIn(seen.frames, 'received')!)).toBe(
        shown(closed),
        'what the client closed with, at the origin',
      );

      const left = await dial({ scene: { play: 'close-on-message', code, closeReason: closed.reason } });
      left.send('close now');
      const { payload } = await left.control(Opcode.close, patience, 'a close frame');
      expect(shown(parseClosePayload(payload))).toBe(shown(closed), 'what the origin closed with, at the client');
    }
  },
  why: 'Codes of one’s own, and new ones such as 1012 (restart) or 1013 (try again later), tell clients when to come back.',
});
