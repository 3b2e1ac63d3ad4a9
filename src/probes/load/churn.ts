import { Opcode } from '../../wire/frame.ts';
import { defineProbe } from '../probe.ts';

// RFC 6455 §7.1.1: "To _Close the WebSocket Connection_, an endpoint closes the underlying TCP connection." What is closed
// takes no place any more.
export default defineProbe({
  id: 'load/churn',
  title: 'Connections that come and go leave room for others',
  failure: 'After many connections have come and gone, no other gets through',
  level: 'should',
  spec: ['rfc6455#section-7.1.1'],
  needs: ['handshake/upgrade'],
  tag: 'load',
  exclusive: true,
  timeout: 60_000,
  async run({ dial, crowd, measure, patience }) {
    let gone = 0;
    try {
      for (; gone < crowd; gone++) {
        const socket = await dial();
        await socket.echo(`connection ${gone + 1} of ${crowd}`);
        socket.sendClose(1000);
        await socket.control(Opcode.close, patience, 'the answer to the close frame');
        // Some proxies take a second to end a connection that the server has ended first.
        socket.link.finish();
      }
    } finally {
      measure('gone', gone, 'connections', 50);
    }
  },
  why: 'It works after each restart, and some hours or days later nobody can connect any more.',
});
