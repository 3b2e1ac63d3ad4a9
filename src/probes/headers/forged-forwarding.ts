import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

// RFC 7239 §8.1: "The "Forwarded" HTTP header field cannot be relied upon to be correct, as it may be modified, whether
// mistakenly or for malicious reasons, by every node on the way to the server, including the client making the request."
// So the last word, which is the one to rely on, has to be the proxy's, in those fields that it writes at all.
export default defineProbe({
  id: 'headers/forged-forwarding',
  title: 'In the forwarding fields that the proxy writes, a client does not have the last word',
  failure: 'A client that sends a forwarding field itself decides what the origin reads in it',
  level: 'should',
  spec: ['rfc7239#section-8.1', 'rfc7239#section-5'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal, measure, transport }) {
    const scheme = transport === 'ws' ? 'https' : 'http';
    const lies: readonly Field[] = [
      ['X-Forwarded-For', '203.0.113.7'],
      ['X-Real-IP', '203.0.113.7'],
      ['X-Forwarded-Proto', scheme],
      ['X-Forwarded-Host', 'forged.example'],
      ['Forwarded', `for=203.0.113.7;host=forged.example;proto=${scheme}`],
    ];
    const written = (await journal(await dial())).head;
    const { head } = await journal(await dial({ fields: lies }));
    const believed = lies.filter(([name, lie]) => head.list(name).at(-1) === lie).map(([name]) => name);
    // Fields that the proxy does not write at all arrive as the client sent them: nobody should read them.
    measure('forgedFieldsArrived', believed.length, 'count');
    const trusted = believed.filter((name) => written.has(name));
    expect(trusted)
      .about('forwarded')
      .toBe([], 'fields that the proxy writes, with the client’s own word at their end');
  },
  why: 'Limits and blocks by address are lifted by one line, and audit logs name whomever the attacker likes.',
});
