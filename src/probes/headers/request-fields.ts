import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const FIELDS: readonly Field[] = [
  ['X-Api-Key', '5f2d8a61'],
  ['X-Tenant', 'wsproof, eu-1'],
];

// RFC 9110 §5.1: "A proxy MUST forward unrecognized header fields unless the field name is listed in the Connection
// header field […] or the proxy is specifically configured to block, or otherwise transform, such fields."
export default defineProbe({
  id: 'headers/request-fields',
  title: 'Fields of the application’s own reach the origin with the handshake',
  failure: 'Fields of the application’s own get lost on the way to the origin',
  level: 'must',
  spec: ['rfc9110#section-5.1'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const seen = await journal(await dial({ fields: FIELDS }));
    for (const [name, value] of FIELDS) {
      expect(seen.head.get(name)).about(name.toLowerCase()).toBe(value, `${name} at the origin`);
    }
  },
  why: 'Services name themselves by API keys and tenants in fields that no standard knows.',
});
