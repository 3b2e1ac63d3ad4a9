import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §10.2: "Servers that are not intended to process input from any web page but only for certain sites SHOULD
// verify the |Origin| field is an origin they expect." §4.1: its value is that of the page, which only the client knows.
export default defineProbe({
  id: 'headers/origin-header',
  title: 'The Origin field of a page from elsewhere reaches the origin unchanged and once',
  failure: 'The Origin field reaches the origin changed, repeated or not at all',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-10.2', 'rfc6454#section-7'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const page = 'https://page.elsewhere.example';
    const seen = await journal(await dial({ fields: [['Origin', page]] }));
    expect(seen.head.all('origin')).about('origin').toBe([page], 'Origin at the origin');
  },
  why: 'The application refuses its own pages with 403 or, worse, can no longer tell them from an attacker’s.',
});
