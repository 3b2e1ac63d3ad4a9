import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { connect, createServer } from 'node:tls';
import { makeCertificates } from '../../src/wire/certificate.ts';

const made = makeCertificates(['wsproof.test', '*.wild.test', '127.0.0.1', '::1']);
const authority = new X509Certificate(made.ca);
const certificate = new X509Certificate(made.server.cert);

describe('the certificates of a run', () => {
  it('are signed by an authority that may do nothing else', () => {
    assert.ok(authority.ca);
    assert.ok(authority.verify(authority.publicKey));
    assert.ok(!certificate.ca);
    assert.ok(certificate.verify(authority.publicKey));
    assert.ok(certificate.checkIssued(authority));
    assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1'], 'extended key usage: serverAuth');
  });

  it('are for the names and addresses that were asked for, and no others', () => {
    for (const host of ['wsproof.test', 'a.wild.test']) assert.ok(certificate.checkHost(host), host);
    for (const host of ['other.test', 'a.b.wild.test', '127.0.0.1']) assert.ok(!certificate.checkHost(host), host);
    for (const ip of ['127.0.0.1', '::1']) assert.ok(certificate.checkIP(ip), ip);
    assert.ok(!certificate.checkIP('127.0.0.2'));
  });

  it('are valid now and for some weeks', () => {
    const day = 24 * 3600 * 1000;
    const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
    assert.ok(from <= Date.now() - day / 2 && to >= Date.now() + 29 * day);
  });

  it('are different in each run', () => {
    const other = makeCertificates(['wsproof.test']);
    assert.notEqual(new X509Certificate(other.ca).serialNumber, authority.serialNumber);
    assert.notEqual(other.server.key, made.server.key);
    assert.ok(!new X509Certificate(other.server.cert).verify(authority.publicKey));
  });

  it('belong to their key, and are accepted by both versions of TLS in use', async (test) => {
    assert.ok(certificate.checkPrivateKey((await import('node:crypto')).createPrivateKey(made.server.key)));
    const server = createServer(made.server, (socket) => socket.end('hello')).listen(0, '127.0.0.1');
    test.after(() => server.close());
    await once(server, 'listening');
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket = connect({
        port: (server.address() as AddressInfo).port,
        host: '127.0.0.1',
        ca: made.ca,
        servername: 'wsproof.test',
        minVersion: version,
        maxVersion: version,
      });
      await once(socket, 'secureConnect');
      assert.ok(socket.authorized);
      assert.equal(socket.getProtocol(), version);
      socket.destroy();
    }
  });
});
