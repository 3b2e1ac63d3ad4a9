import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const REQUESTS = 20;

// RFC 9110 §3.3: "HTTP is defined as a stateless protocol, meaning that each request message's semantics can be understood
// in isolation". A request has nothing to do with WebSockets that are open beside it.
export default defineProbe({
  id: 'load/plain-requests',
  title: 'Plain requests are answered while many WebSockets are open and idle',
  failure: 'Plain requests are not answered while many WebSockets are open and idle',
  level: 'should',
  spec: ['rfc9110#section-3.3'],
  needs: ['handshake/upgrade', 'load/connections'],
  tag: 'load',
  exclusive: true,
  timeout: 60_000,
  async run({ dial, ask, crowd, measure }) {
    for (let open = 0; open < crowd; open++) await dial();
    const times: number[] = [];
    for (let n = 0; n < REQUESTS; n++) {
      const started = performance.now();
      const { stamped } = await ask({ plain: true });
      expect(stamped).toBe(true, `the origin’s stamp on the answer to plain request ${n + 1}`);
      times.push(performance.now() - started);
    }
    measure('plainRequest', times.sort((a, b) => a - b)[REQUESTS / 2]!, 'ms', 50);
  },
  why: 'Pages and interfaces of the same site hang as soon as enough visitors have a WebSocket open.',
});
