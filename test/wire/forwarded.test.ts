import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Transport } from '../../src/wire/endpoint.ts';
import { falseClaims } from '../../src/wire/forwarded.ts';
import { type Field, RequestHead } from '../../src/wire/head.ts';

const SENT = new RequestHead('GET / HTTP/1.1', [['Host', 'chat.example:8443']]);

/** What a request with these fields says that is not so. */
const lies = (transport: Transport, ...fields: Field[]): string[] =>
  falseClaims(SENT, new RequestHead('GET / HTTP/1.1', fields), transport).map(({ name, value }) => `${name}: ${value}`);

describe('what a proxy says of its client', () => {
  it('is read in the time that its length asks for', () => {
    const started = performance.now();
    assert.equal(lies('ws', ['Forwarded', `for=${' '.repeat(100_000)}"x`]).length, 0);
    assert.ok(performance.now() - started < 1000);
  });

  it('is so: addresses in all their forms, the scheme, the host with and without its port', () => {
    const fields: Field[] = [
      ['X-Forwarded-For', '203.0.113.7, 2001:db8::1, [2001:db8::1]:80, 203.0.113.7:4711'],
      ['X-Real-IP', '::1'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'CHAT.example'],
      ['Forwarded', 'for=unknown;proto=wss, For="[2001:db8::1]:80";Host="chat.example:8443", for=_hidden'],
    ];
    assert.deepEqual(lies('wss', ...fields), []);
    assert.deepEqual(lies('h2', ...fields), []);
  });

  it('is not so', () => {
    const fields: Field[] = [
      ['X-Forwarded-For', '203.0.113.7, unix:'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Host', 'origin:9000'],
      ['Forwarded', 'for=me;proto=https'],
    ];
    assert.deepEqual(lies('ws', ...fields), [
      'X-Forwarded-For: unix:',
      'X-Forwarded-Proto: https',
      'X-Forwarded-Host: origin:9000',
      'Forwarded: me',
      'Forwarded: https',
    ]);
  });
});
