import { Unexpected } from '../../wire/unexpected.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const KIB = 1024;
/** KiB: the largest head that is tried. */
const MOST = 64;

// RFC 9110 §5.4: "HTTP does not place a predefined limit on the length of each field line, field value, or on the length of
// a header or trailer section as a whole". RFC 6265 §6.1 has a browser keep 4096 bytes of each cookie and 50 of them.
export default defineProbe({
  id: 'handshake/header-limit',
  title: 'A handshake whose head is 8 KiB long, most of it cookies, gets through',
  failure: 'A handshake whose head is 8 KiB long, most of it cookies, does not get through',
  level: 'info',
  spec: ['rfc9110#section-5.4', 'rfc6265#section-6.1'],
  needs: ['handshake/upgrade'],
  transports: ['ws', 'wss'],
  async run({ dial, open, measure }) {
    const { request } = await dial();
    const bare = request.head.toBytes().length + 'Cookie: \r\n'.length;
    const passes = async (kib: number): Promise<boolean> => {
      try {
        const cookie = 'wsproof='.padEnd(kib * KIB - bare, '0123456789abcdef');
        const { response } = await open({ fields: [['Cookie', cookie]] });
        if (response.status !== 101) measure('statusBeyondLimit', response.status, 'status');
        return response.status === 101;
      } catch (error) {
        // What is said beyond the limit, if anything, is for headers/large-cookies.
        if (error instanceof Unexpected && error.kind === 'ended') return false;
        throw error;
      }
    };
    let [passed, failed] = (await passes(MOST)) ? [MOST, MOST + 1] : [0, MOST];
    while (failed - passed > 1) {
      const middle = Math.floor((passed + failed) / 2);
      if (await passes(middle)) passed = middle;
      else failed = middle;
    }
    // The evidence is that of the last request.
    if (passed < 8) await passes(failed);
    measure('headerLimit', passed * KIB, 'bytes');
    expect(passed).about('size').toBeAtLeast(8, 'KiB of a head that get through');
  },
  why: 'Users who have collected cookies of many tools, or of one single sign-on, cannot connect, and nobody else notices.',
});
