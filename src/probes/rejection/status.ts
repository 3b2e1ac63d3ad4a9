import type { Field } from '../../wire/head.ts';
import { expect } from '../expect.ts';
import { defineProbe } from '../probe.ts';

const STATUSES = [401, 403, 404, 503];
const BODY = 'The door is closed. Come back with a ticket.';
const FIELDS: readonly Field[] = [
  ['WWW-Authenticate', 'Bearer realm="wsproof", error="invalid_token"'],
  ['X-Refused-By', 'the ticket office'],
];

// RFC 6455 §4.1: "If the status code received from the server is not 101, the client handles the response per HTTP
// [RFC2616] procedures. In particular, the client might perform authentication if it receives a 401 status code".
// RFC 9110 §11.6.1: "A proxy forwarding a response MUST NOT modify any WWW-Authenticate header fields in that response."
export default defineProbe({
  id: 'rejection/status',
  title: 'A refusal of the origin reaches the client: status, fields and body',
  failure: 'A refusal of the origin reaches the client changed, or not at all',
  level: 'must',
  spec: ['rfc6455#section-4.1', 'rfc6455#section-4.2.2', 'rfc9110#section-11.6.1'],
  needs: ['handshake/upgrade'],
  async run({ ask }) {
    for (const status of STATUSES) {
      const { response, body, stamped } = await ask({ scene: { play: 'reject', status, body: BODY, fields: FIELDS } });
      expect(response.status).about('status').toBe(status, 'the status at the client');
      expect(body.toString()).toBe(BODY, `the body of the ${status} at the client`);
      for (const [name, value] of FIELDS) {
        expect(response.get(name)).about(name.toLowerCase()).toBe(value, `${name} of the ${status} at the client`);
      }
      expect(stamped).toBe(true, `the origin’s stamp on the ${status} at the client`);
    }
  },
  why: 'A client that cannot see why it was refused tries again and again, or logs its user out for an outage.',
});
