import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const NAME = 'X-Wsproof-Step';
const STEPS = ['one', 'two', 'three'];

/** Another field stands between, as a proxy in front would put it. */
const LINES: readonly Field[] = STEPS.flatMap((step, i): Field[] => [
  [NAME, step],
  [`X-Wsproof-Between-${i + 1}`, '-'],
]);

// RFC 9110 §5.3: "The order in which field lines with the same name are received is therefore significant to the
// interpretation of the field value; a proxy MUST NOT change the order of these field line values when forwarding a
// message." It may join them into one.
export default defineProbe({
  id: 'headers/repeated-fields',
  title: 'Fields of several lines arrive whole and in their order, in both directions',
  failure: 'Fields of several lines lose some of them, or their order',
  level: 'must',
  spec: ['rfc9110#section-5.3'],
  needs: ['handshake/upgrade'],
  async run({ dial, journal }) {
    const { request, response } = await dial({ fields: LINES, scene: { fields: LINES } });
    const { head } = await journal(request);
    expect(head.list(NAME)).about(NAME.toLowerCase()).toBe(STEPS, `the lines of ${NAME} at the origin`);
    expect(response.list(NAME)).about(NAME.toLowerCase()).toBe(STEPS, `the lines of ${NAME} at the client`);
  },
  why: 'Lists of subprotocols, of proxies that a request came through and of trace ids lose members, or begin at the end.',
});
