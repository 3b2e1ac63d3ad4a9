import { defineProbe } from '../probe.ts';

// RFC 6455 §5.1: "A data frame MAY be transmitted by either the client or the server at any time after opening handshake
// completion".
export default defineProbe({
  id: 'messages/server-first',
  title: 'The origin can speak first',
  failure: 'What the origin says first does not arrive before the client speaks',
  level: 'must',
  spec: ['rfc6455#section-5.1'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const socket = await dial({ scene: { play: 'greet', delay: 50, text: 'hello' } });
    await socket.message('the message of the origin');
  },
  why: 'A page that only listens, for prices or for notifications, stays empty.',
});
