import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { after, describe, it } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { startOrigin } from '../../src/origin/server.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { trusting } from '../../src/wire/connect.ts';
import { handshake } from '../../src/wire/dial.ts';
import type { Endpoint, Transport } from '../../src/wire/endpoint.ts';

const { ca, server } = makeCertificates(['localhost']);
const trust = trusting(ca);
const origin = await startOrigin({ tls: server });
after(() => origin.close());
/** A fatal alert in a record of its own (RFC 5246 §7.2). */
const UNKNOWN_CA = Buffer.from('15030300020230', 'hex');
const KEY = 'AAAAAAAAAAAAAAAAAAAAAA==';

function at(port: number, transport: Transport): Endpoint {
  return {
    transport,
    host: '127.0.0.1',
    port,
    authority: `localhost:${port}`,
    servername: 'localhost',
    trust,
    base: '',
  };
}

describe('an entrance of the origin', () => {
  for (const transport of ['ws', 'wss', 'h2'] as const) {
    it(`serves ${transport}, and the journal says which way it came`, async () => {
      const app = await origin.listenAs('app:3000');
      const nonce = `entrance-${transport}`;
      const { switched, dispose } = await handshake(at(app.port, transport), KEY, { target: `/?nonce=${nonce}` });
      dispose();
      assert.ok(switched);
      const [exchange] = await origin.journal.all(nonce);
      assert.equal(exchange!.upstream, 'app:3000');
      assert.equal(exchange!.transport, transport === 'h2' ? 'h2' : transport);
    });
  }

  it('counts handshakes and plain requests of ours', async () => {
    const app = await origin.listenAs('app:3000');
    const ask = async (target: string, plain: boolean) =>
      (await handshake(at(app.port, 'ws'), KEY, { target, plain })).dispose();
    await ask('/?nonce=one', false);
    await ask('/?nonce=two', true);
    await ask('/', true);
    assert.deepEqual(app.asked, { webSockets: 1, plain: 1 });
  });

  it('remembers that its certificate was not trusted', async () => {
    const app = await origin.listenAs('app:3000');
    // Node sends no alert when it distrusts a certificate, as OpenSSL and Go do: it is slipped in behind the ClientHello.
    const between = createServer((near) => {
      const far = connect(app.port, '127.0.0.1');
      near.on('error', () => {}).on('data', (bytes) => far.write(bytes));
      far.on('error', () => {}).once('data', () => far.end(UNKNOWN_CA));
      far.once('close', () => near.destroy());
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const client = connectTls({
      port: (between.address() as AddressInfo).port,
      host: '127.0.0.1',
      maxVersion: 'TLSv1.2',
    });
    await assert.rejects(once(client, 'secureConnect'));
    between.close();
    const alert = (await origin.journal.unreadable()).at(-1)?.alert;
    assert.equal(alert, 'tlsv1 alert unknown ca');
  });

  it('refuses connections when it is closed', async () => {
    const app = await origin.listenAs('app:3000');
    await app.close();
    await assert.rejects(handshake(at(app.port, 'ws'), KEY), /ECONNREFUSED/);
  });
});
