import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §5.1: "a client MUST mask all frames that it sends to the server [...] A server MUST NOT mask any frames that
// it sends to the client." Whoever is not obeyed must close the connection, so a proxy that writes frames anew must obey.
export default defineProbe({
  id: 'messages/masking',
  title: 'Frames come masked to the origin and unmasked to the client',
  failure: 'The frames that come to one end are not as RFC 6455 wants them',
  level: 'must',
  spec: ['rfc6455#section-5.1', 'rfc6455#section-5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const socket = await dial();
    await socket.echo('masked on the way there');
    const { violation } = await journal(socket);
    expect(violation).toBe(undefined, 'a rule that is broken at the origin');
  },
  why: 'The origin, or the browser, closes the connection at the first frame.',
});
