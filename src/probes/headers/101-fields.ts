import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const FIELDS: readonly Field[] = [
  ['X-Session-Id', '0f3a9c'],
  ['X-Served-By', 'node-7, rack-2'],
];

// RFC 9110 §5.1: "A proxy MUST forward unrecognized header fields". §8.6: "A server MUST NOT send a Content-Length header
// field in any response with a status code of 1xx (Informational) or 204 (No Content) [… or] in any 2xx (Successful)
// response to a CONNECT request", and RFC 9112 §6.1 says the same of Transfer-Encoding.
export default defineProbe({
  id: 'headers/101-fields',
  title: 'Further fields of the 101 reach the client, and none that announces a body is added',
  failure: 'Fields of the 101 get lost, or one that announces a body is added',
  level: 'must',
  spec: ['rfc9110#section-5.1', 'rfc9110#section-8.6', 'rfc9112#section-6.1'],
  needs: ['handshake/upgrade'],
  async run({ dial }) {
    const { response } = await dial({ scene: { fields: FIELDS } });
    for (const [name, value] of FIELDS) {
      expect(response.get(name)).about(name.toLowerCase()).toBe(value, `${name} at the client`);
    }
    const [length, coding] = [response.get('content-length'), response.get('transfer-encoding')];
    expect(length).about('content-length').toBe(undefined, 'Content-Length in the 101');
    expect(coding).about('transfer-encoding').toBe(undefined, 'Transfer-Encoding in the 101');
  },
  why: 'Clients take the first frames for a body that was announced, or miss the session that the server gave them.',
});
