import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { inSourceTerms, originPortsIn, pointAtOrigin } from '../../src/proxies/files.ts';
import { tar } from '../../src/proxies/tar.ts';

const origins = { origin: { port: 41_234, tlsPort: 41_235 }, secondOrigin: { port: 51_234, tlsPort: 51_235 } };

describe('a configuration file', () => {
  const pointed: [written: string, real: string][] = [
    ['proxy_pass http://origin:9000;', 'proxy_pass http://origin:41234;'],
    ['proxy_pass https://origin:9443/app;', 'proxy_pass https://origin:41235/app;'],
    ['server a origin:9000\nserver b origin:9001', 'server a origin:41234\nserver b origin:51234'],
    ['"host" => "origin", "port" => 9000', '"host" => "origin", "port" => 41234'],
    ['address: origin\n      port_value: 9000', 'address: origin\n      port_value: 41234'],
    ['.host = "origin";\n.port = "9444";', '.host = "origin";\n.port = "51235";'],
    ['listen 9000; # not the origin', 'listen 9000; # not the origin'],
    ['http://origin:90001 http://original:9000', 'http://origin:90001 http://original:9000'],
    ['http://origin.example.com:9000 http://my-origin:9000', 'http://origin.example.com:9000 http://my-origin:9000'],
  ];
  for (const [written, real] of pointed) {
    it(`leads from ${JSON.stringify(written)} to the run's origin`, () =>
      assert.equal(pointAtOrigin(written, origins), real));
  }

  it('keeps a second origin that the run does not have', () => {
    assert.equal(pointAtOrigin('origin:9001', { origin: origins.origin }), 'origin:9001');
  });

  it('tells which origins it names', () => {
    assert.deepEqual(originPortsIn(['origin:9000 origin:9001', 'x', 'origin 9443']), new Set([9000, 9001, 9443]));
  });

  it("is told by the user's path in the proxy's own words", () => {
    const file = (shown: string, target: string) => ({ name: shown, shown, target, bytes: Buffer.alloc(0) });
    const files = [file('my/a', '/etc/nginx'), file('my/naive.conf', '/etc/nginx/nginx.conf')];
    assert.equal(inSourceTerms('unknown "x" in /etc/nginx/nginx.conf:12', files), 'unknown "x" in my/naive.conf:12');
  });
});

describe('the archive for a container', () => {
  it('is one that tar reads', () => {
    const long = `/opt/${'folder-of-some-length/'.repeat(6)}config.txt`;
    const archive = tar([
      { path: '/etc/nginx/nginx.conf', content: Buffer.from('events {}\n') },
      { path: long, content: Buffer.alloc(512, 'x') },
      { path: '/empty', content: Buffer.alloc(0) },
    ]);
    const names = execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' });
    assert.deepEqual(names.trim().split('\n'), ['etc/nginx/nginx.conf', long.slice(1), 'empty']);
    const content = execFileSync('tar', ['-xOf', '-', 'etc/nginx/nginx.conf'], { input: archive, encoding: 'utf8' });
    assert.equal(content, 'events {}\n');
  });
});
