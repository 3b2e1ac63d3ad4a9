import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { Guard, type GuardLimits, PUBLIC } from '../../src/origin/guard.ts';
import { SCENES } from '../../src/origin/scenes.ts';
import { startOrigin } from '../../src/origin/server.ts';
import { makeCertificates } from '../../src/wire/certificate.ts';
import { Line } from './line.ts';

const guard = new Guard();
const origin = await startOrigin({ guard, tls: makeCertificates(['localhost']).server });
after(async () => {
  await origin.close();
  guard.close();
});

const ask = (query: string, ...fields: string[]): string =>
  [`GET /?${query} HTTP/1.1`, 'Host: origin', ...fields, '', ''].join('\r\n');
const UPGRADE = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];
const HI = '\x81\x82\0\0\0\0hi';

describe('an origin that strangers can reach', () => {
  for (const scene of SCENES) {
    it(`echoes, though the scene ${scene} is asked for`, async () => {
      const line = await Line.to(origin.port);
      const query = `nonce=${scene}&scene=${scene}&status=403&count=1000&size=100000&late=0&greeting=hello&raw=eA`;
      assert.match(await line.write(ask(query, ...UPGRADE)).until('\r\n\r\n'), /^HTTP\/1\.1 101 /);
      assert.equal(await line.write(HI).until('hi'), '\x81\x02hi');
      line.socket.destroy();
      assert.deepEqual(await origin.journal.all(scene), []);
    });
  }

  it('says nothing of a request in its answer, and ends after it', async () => {
    const line = await Line.to(origin.port);
    const answer = await line.write(ask('secret=1', 'Cookie: secret=2', 'X-Secret: 3')).ended();
    assert.match(answer, /^HTTP\/1\.1 200 OK\r\n/);
    assert.doesNotMatch(answer, /secret/i);
    assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/);
    assert.match(answer, /\r\nContent-Security-Policy: default-src 'none'\r\n/);
    assert.match(answer, /\r\nConnection: close\r\n/);
  });

  it('takes what is behind a refused upgrade for no tunnel', async () => {
    const line = await Line.to(origin.port);
    const wrong = UPGRADE.map((field) => field.replace('13', '99'));
    const answer = await line.write(ask('', ...wrong) + ask('canary=1')).ended();
    assert.match(answer, /^HTTP\/1\.1 426 [\s\S]*\r\nSec-WebSocket-Version: 13\r\n/);
    assert.equal(answer.match(/HTTP\/1\.1 /g)?.length, 1);
  });
});

/** A connection of which only the counters are of interest. */
class Counted extends EventEmitter {
  bytesRead = 0;
  bytesWritten = 0;
  destroyed = false;

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

describe('a guard', () => {
  /** A guard whose time is set by hand. */
  function guarded(test: { after(end: () => void): void }, limits: Partial<GuardLimits> = {}) {
    const time = { now: 0 };
    const watching = new Guard({ ...PUBLIC, ...limits }, () => time.now);
    test.after(() => watching.close());
    const connect = (): Counted => {
      const socket = new Counted();
      watching.watch(socket as unknown as Socket, 1);
      return socket;
    };
    const pass = (ms: number): void => {
      time.now += ms;
      watching.sweep();
    };
    return { watching, connect, pass };
  }

  it('ends a connection that is silent, and not one that speaks', (test) => {
    const { connect, pass } = guarded(test);
    const [silent, speaking] = [connect(), connect()];
    for (let second = 0; second < 60; second++) {
      speaking.bytesRead++;
      pass(1000);
    }
    assert.deepEqual([silent.destroyed, speaking.destroyed], [true, false]);
  });

  it('ends a connection after a quarter of an hour, whatever it says', (test) => {
    const { connect, pass } = guarded(test);
    const socket = connect();
    for (let second = 1; second < 15 * 60; second++) {
      socket.bytesRead++;
      pass(1000);
    }
    assert.equal(socket.destroyed, false);
    pass(1000);
    assert.equal(socket.destroyed, true);
  });

  it('ends a connection that has had its bytes, in either direction', (test) => {
    const { connect, pass } = guarded(test, { bytes: 1000 });
    const [enough, more] = [connect(), connect()];
    Object.assign(enough, { bytesRead: 500, bytesWritten: 500 });
    Object.assign(more, { bytesRead: 500, bytesWritten: 501 });
    pass(1);
    assert.deepEqual([enough.destroyed, more.destroyed], [false, true]);
  });

  it('takes no more connections than there is room for, and new ones when some have gone', (test) => {
    const { watching, connect } = guarded(test, { connections: 2 });
    const first = connect();
    assert.equal(watching.full, false);
    connect();
    assert.equal(watching.full, true);
    first.destroy();
    assert.equal(watching.full, false);
  });

  it('takes none for the rest of a day whose bytes are gone', (test) => {
    const { watching, connect, pass } = guarded(test, { daily: 1000 });
    const socket = connect();
    socket.bytesWritten = 1000;
    pass(1);
    assert.deepEqual([watching.full, socket.destroyed], [true, true]);
    pass(24 * 60 * 60_000);
    assert.equal(watching.full, false);
  });

  it('counts the bytes of a real connection, and turns away what is too much', async (test) => {
    const small = new Guard({ ...PUBLIC, connections: 1, bytes: 2000 });
    const behind = await startOrigin({ guard: small });
    test.after(async () => {
      await behind.close();
      small.close();
    });
    const line = await Line.to(behind.port);
    await line.write(ask('', ...UPGRADE)).until('\r\n\r\n');
    const second = await Line.to(behind.port);
    assert.equal(await second.ended(), '');
    for (let i = 0; i < 300; i++) line.write(HI);
    await line.until(/(\x81\x02hi){300}/);
    small.sweep();
    await line.ended();
    assert.equal(line.socket.destroyed || line.socket.readableEnded, true);
  });
});
