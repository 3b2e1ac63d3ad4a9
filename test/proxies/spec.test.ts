import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { UsageError } from '../../src/errors.ts';
import { parseSpec } from '../../src/proxies/spec.ts';

describe('the text of a target', () => {
  const understood: [text: string, spec: object][] = [
    ['nginx', { kind: 'proxy', name: 'nginx' }],
    ['nginx@1.26', { kind: 'proxy', name: 'nginx', version: '1.26' }],
    ['nginx@1.26-alpine', { kind: 'proxy', name: 'nginx', version: '1.26-alpine' }],
    ['nginx:naive', { kind: 'proxy', name: 'nginx', variant: 'naive' }],
    ['nginx/wss', { kind: 'proxy', name: 'nginx', transport: 'wss' }],
    ['http-proxy:websocket/ws', { kind: 'proxy', name: 'http-proxy', variant: 'websocket', transport: 'ws' }],
    [
      'nginx@1.26:websocket/wss',
      { kind: 'proxy', name: 'nginx', version: '1.26', variant: 'websocket', transport: 'wss' },
    ],
    ['./my-proxy', { kind: 'folder', path: './my-proxy' }],
    ['./my-proxy/', { kind: 'folder', path: './my-proxy/' }],
    ['../proxies/h2', { kind: 'folder', path: '../proxies/h2' }],
    ['./my-proxy/:naive', { kind: 'folder', path: './my-proxy/', variant: 'naive' }],
    ['./my-proxy:naive/wss', { kind: 'folder', path: './my-proxy', variant: 'naive', transport: 'wss' }],
    ['./my-proxy@1.2', { kind: 'folder', path: './my-proxy', version: '1.2' }],
    [
      './my-proxy/@1.2:naive/wss',
      { kind: 'folder', path: './my-proxy/', version: '1.2', variant: 'naive', transport: 'wss' },
    ],
    ['/srv/team@home/my-proxy/', { kind: 'folder', path: '/srv/team@home/my-proxy/' }],
    ['.', { kind: 'folder', path: '.' }],
    ['./my-proxy.mjs', { kind: 'module', path: './my-proxy.mjs' }],
    ['my-proxy.mjs', { kind: 'module', path: 'my-proxy.mjs' }],
    ['./my-proxy.mjs:slow/wss', { kind: 'module', path: './my-proxy.mjs', variant: 'slow', transport: 'wss' }],
  ];
  for (const [text, spec] of understood) {
    it(`understands ${text}`, () => assert.deepEqual(parseSpec(text), { text, ...spec }));
  }

  const addresses: [text: string, href: string][] = [
    ['wss://example.com/chat', 'wss://example.com/chat'],
    ['ws://127.0.0.1:8080', 'ws://127.0.0.1:8080/'],
    ['https://example.com/chat', 'wss://example.com/chat'],
    ['http://example.com:8080/', 'ws://example.com:8080/'],
    ['WSS://Example.COM', 'wss://example.com/'],
    ['ws://[::1]:9000/', 'ws://[::1]:9000/'],
  ];
  for (const [text, href] of addresses) {
    it(`takes ${text} for an address`, () => {
      const spec = parseSpec(text);
      assert.equal(spec.kind, 'url');
      assert.equal(spec.kind === 'url' && spec.url.href, href);
    });
  }

  const refused: [text: string, why: RegExp][] = [
    ['', /is not a target/],
    ['Nginx', /is not a target/],
    ['nginx:naive@1.26', /is not a target.*nginx@1\.26:websocket\/wss/],
    ['nginx/h3', /there is no transport "h3"; there are ws, wss, h2/],
    ['caddy+nginx/wss', /only that has a transport: caddy\/wss\.$/],
    ['caddy+', /is not a target/],
    ['./my-proxy.mjs@1.2', /no version of it can be chosen/],
    ['ftp://example.com', /begins with ftp:\/\/; a target begins with ws:\/\/ or wss:\/\//],
    ['wss://', /is not an address/],
    ['wss://example.com:99999', /is not an address/],
    ['wss://user:secret@example.com/', /^The address of example\.com holds a user name or a password/],
    ['wss://example.com/#top', /fragment.*RFC 6455 §3/],
    ['wss://example.com/?token=1', /has a query/],
  ];
  for (const [text, why] of refused) {
    it(`refuses "${text}"`, () =>
      assert.throws(
        () => parseSpec(text),
        (error) => error instanceof UsageError && why.test(error.message),
      ));
  }
});
