import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { EnvironmentError } from '../../src/errors.ts';
import { openEngine } from '../../src/proxies/engine.ts';

/** The message for an engine that is looked for there. */
async function refusal(host: string): Promise<string> {
  const error = await openEngine({ DOCKER_HOST: host }).then(
    () => new Error('there is one'),
    (reason: Error) => reason,
  );
  assert.ok(error instanceof EnvironmentError, String(error));
  return error.message;
}

describe('a DOCKER_HOST that leads to no engine', () => {
  it('is told when the socket does not exist', async () => {
    assert.match(
      await refusal('unix:///nowhere/docker.sock'),
      /^There is no Docker engine: the socket \/nowhere\/docker\.sock \(from DOCKER_HOST\) does not exist\. Start Docker .*http-proxy/,
    );
  });

  it('is told when nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    assert.match(
      await refusal(`tcp://127.0.0.1:${port}`),
      new RegExp(
        `^No Docker engine answers at 127\\.0\\.0\\.1:${port} \\(from DOCKER_HOST\\); the daemon is not running\\.`,
      ),
    );
  });

  it('is told when something else answers there', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      assert.match(
        await refusal(`tcp://127.0.0.1:${port}`),
        new RegExp(`^tcp://127\\.0\\.0\\.1:${port} does not answer as a Docker engine does\\.`),
      );
    } finally {
      server.close();
    }
  });

  it('is told when it is no address that can be used', async () => {
    assert.equal(
      await refusal('ssh://me@example.com'),
      'DOCKER_HOST is "ssh://me@example.com", and only unix:// and tcp:// addresses can be used.',
    );
  });
});
