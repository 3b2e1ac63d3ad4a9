import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Disclosure, type DisclosureOptions } from '../../src/runner/disclosure.ts';
import { disclosureOfLog } from '../../src/runner/disclosure-of-target.ts';
import { type Field, RequestHead } from '../../src/wire/head.ts';

const disclosure = (options: Partial<DisclosureOptions> = {}): Disclosure =>
  new Disclosure({ volatile: [], ...options });

/** The values of these fields as a report has them. */
const shown = (fields: Field[], options: Partial<DisclosureOptions> = {}): string[] =>
  disclosure(options)
    .head(new RequestHead('GET / HTTP/1.1', fields))
    .fields.map(([, value]) => value);

describe('what a report says', () => {
  it('names schemes and cookies, and masks what is behind them', () => {
    assert.deepEqual(
      shown([
        ['Authorization', 'Bearer abcdef'],
        ['Proxy-Authorization', 'opaque'],
        ['Cookie', 'a=one; b=two'],
        ['Set-Cookie', 'a=one; Path=/; HttpOnly'],
      ]),
      [
        'Bearer <masked A, 6 bytes>',
        '<masked B, 6 bytes>',
        'a=<masked C, 3 bytes>; b=<masked D, 3 bytes>',
        'a=<masked C, 3 bytes>; Path=/; HttpOnly',
      ],
    );
  });

  it('masks a cookie without a name, and fields that are called a token', () => {
    const fields: Field[] = [
      ['Cookie', 'a-bare-token'],
      ['X-Auth-Token', 'another one'],
      ['X-API-Key', 'k1'],
      ['Cf-Access-Jwt-Assertion', 'e30.e30.x'],
    ];
    for (const value of shown(fields)) assert.match(value, /^<masked [A-D], \d+ bytes>$/);
    assert.deepEqual(
      shown(fields, { showSecrets: true }),
      fields.map(([, value]) => value),
    );
  });

  it('leaves the fields of the handshake readable', () => {
    const fields: Field[] = [
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['Origin', 'https://chat.example'],
      ['X-Forwarded-For', '203.0.113.7'],
    ];
    assert.deepEqual(
      shown(fields),
      fields.map(([, value]) => value),
    );
  });

  it('masks a secret wherever it stands, also one with a volatile value in it', () => {
    const options = { secrets: ['key-41234-key'], volatile: [['41234', 'PORT']] as const };
    assert.equal(
      disclosure(options).text('port 41234 was told key-41234-key'),
      'port PORT was told <masked A, 13 bytes>',
    );
  });

  it('masks tokens in a query, with the same letter for the same one', () => {
    assert.equal(
      disclosure().text('GET /?token=abc&x=1 HTTP/1.1, then /?access_token=abc'),
      'GET /?token=<masked A, 3 bytes>&x=1 HTTP/1.1, then /?access_token=<masked A, 3 bytes>',
    );
    for (const name of ['id_token', 'refresh_token', 'jwt', 'apikey', 'client_secret', 'passwd', 'X-Amz-Signature']) {
      assert.equal(disclosure().text(`/?a=b&${name}=s3cret`), `/?a=b&${name}=<masked A, 6 bytes>`);
    }
    assert.equal(disclosure().text('/?code=4001&scene=close&monkey=1'), '/?code=4001&scene=close&monkey=1');
  });

  it('masks in a log what --header sends', () => {
    const endpoint = { transport: 'ws', host: 'a', port: 80, authority: 'a', base: '' } as const;
    const fields: Field[] = [
      ['X-Tenant', 'the-secret-tenant'],
      ['User-Agent', 'a-browser'],
    ];
    const log = disclosureOfLog({ endpoint: { ...endpoint, fields } }, false);
    assert.equal(log.text('tenant the-secret-tenant, agent a-browser'), 'tenant <masked A, 17 bytes>, agent a-browser');
  });
});
