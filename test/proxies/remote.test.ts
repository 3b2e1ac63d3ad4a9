import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { startOrigin } from '../../src/origin/server.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { remoteTarget } from '../../src/proxies/remote.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { withField } from '../mutants/mutant.ts';
import { relay } from '../mutants/relay.ts';
import { openSurroundings } from './surroundings.ts';

describe('an address as a target', () => {
  it('is asked under its own name, below its own path', async () => {
    const surroundings = await openSurroundings('remote');
    try {
      const [target] = await loadTargets([`ws://localhost:${surroundings.real.port}/chat/`]);
      assert.equal(target!.id, `ws://localhost:${surroundings.real.port}/chat/`);
      assert.deepEqual(target!.originNeeds, { foreign: true });
      const running = await target!.start(surroundings);
      const { port } = surroundings.real;
      assert.deepEqual(running.endpoint, {
        transport: 'ws',
        host: 'localhost',
        port,
        authority: `localhost:${port}`,
        base: '/chat/',
      });
      await running.stop();
    } finally {
      await surroundings.close();
    }
  });

  it('leaves out the port of the scheme, and names no server that is an address', () => {
    const endpoints = ['wss://example.com/', 'wss://[2001:db8::1]:8443/', 'ws://192.0.2.1/'].map((href) => {
      const url = new URL(href);
      return remoteTarget(url, url.protocol === 'ws:' ? 'ws' : 'wss', { origin: 'none' });
    });
    assert.deepEqual(
      endpoints.map(({ id }) => id),
      ['wss://example.com', 'wss://[2001:db8::1]:8443', 'ws://192.0.2.1'],
    );
  });

  it('is verified by the authority that is given, or not at all when that is asked for', async () => {
    const { ca, server } = makeCertificates(['localhost']);
    const origin = await startOrigin({ tls: server });
    const surroundings = await openSurroundings('remote-tls');
    try {
      const address = `wss://localhost:${origin.tlsPort}`;
      const [trusted] = await loadTargets([address], { ca: { file: 'ca.pem', pem: ca } });
      const running = await trusted!.start(surroundings);
      assert.equal(running.endpoint.servername, 'localhost');
      const [distrusted] = await loadTargets([address]);
      await assert.rejects(distrusted!.start(surroundings), {
        name: 'EnvironmentError',
        message: /certificate.*--ca FILE.*--insecure/,
      });
      const [insecure] = await loadTargets([address], { insecure: true });
      await insecure!.start(surroundings);
    } finally {
      await surroundings.close();
      await origin.close();
    }
  });

  it('says what is wrong with the address, and what to try', async () => {
    const surroundings = await openSurroundings('remote-wrong');
    const plain = createServer().listen(0, '127.0.0.1');
    try {
      await once(plain, 'listening');
      const { port } = plain.address() as AddressInfo;
      const said = async (address: string, message: RegExp): Promise<void> => {
        const [target] = await loadTargets([address]);
        await assert.rejects(target!.start(surroundings), { name: 'EnvironmentError', message });
      };
      await Promise.all([
        said(`wss://127.0.0.1:${port}/chat`, new RegExp(`does not speak TLS .*Is it ws://127.0.0.1:${port}/chat, or`)),
        // RFC 6761 §6.4: there are no names below it.
        said('ws://wsproof.invalid', /: it cannot be spoken to: (no address is known of )?the name wsproof\.invalid/),
      ]);
    } finally {
      plain.close();
      await surroundings.close();
    }
  });

  it('is cured in the words of the proxy that its answers tell of', async () => {
    const surroundings = await openSurroundings('remote-signs');
    const signed = relay('signed', { response: (head) => withField(head, 'Server', 'nginx/1.30.6') });
    const deployed = await signed.start({
      origin: { host: '127.0.0.1', port: surroundings.real.port },
      variant: 'websocket',
    });
    try {
      const [target] = await loadTargets([`ws://127.0.0.1:${deployed.ports.ws}`], {
        origin: { local: surroundings.real.port },
      });
      assert.equal(target!.fix('upgrade-headers-dropped', undefined), undefined);
      await target!.start(surroundings);
      assert.match(target!.fix('upgrade-headers-dropped', undefined)!.config!, /proxy_set_header Upgrade/);
    } finally {
      await deployed.close();
      await surroundings.close();
    }
  });

  it('whose origin is here must lead to it', async () => {
    const surroundings = await openSurroundings('remote-local');
    try {
      const [target] = await loadTargets([`ws://127.0.0.1:${surroundings.real.port}`], { origin: { local: 9000 } });
      assert.deepEqual(target!.originNeeds, { port: 9000 });
      await target!.start(surroundings);
    } finally {
      await surroundings.close();
    }
  });
});
