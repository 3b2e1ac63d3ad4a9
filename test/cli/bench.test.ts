import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { renderBenchmark } from '../../src/cli/bench.ts';
import { proxy, wsproof } from './spawn.ts';

const QUICK = ['--duration', '40ms', '--connections', '2'];

interface Printed {
  readonly schemaVersion: number;
  readonly target: string;
  readonly figures: readonly { readonly name: string; readonly unit: string; through: number; direct: number }[];
}

describe('wsproof bench', { concurrency: 2 }, () => {
  it('measures each number through the proxy and without it', async () => {
    const { code, stdout, stderr } = await wsproof(['bench', proxy('good'), '--json', ...QUICK]);
    assert.equal(code, 0, stderr);
    const { schemaVersion, target, figures } = JSON.parse(stdout) as Printed;
    assert.deepEqual([schemaVersion, target], [1, 'good:default/ws']);
    assert.deepEqual(
      figures.map(({ name, unit }) => `${name} ${unit}`),
      [
        'handshake ms',
        'handshakeP99 ms',
        'roundTrip ms',
        'roundTripP99 ms',
        'opened /s',
        'messages /s',
        'throughput MiB/s',
      ],
    );
    for (const { name, through, direct } of figures) assert.ok(through > 0 && direct > 0, name);
  });

  it('says what it could not load, and what says why', async () => {
    const { code, stdout, stderr } = await wsproof(['bench', proxy('dropping'), ...QUICK]);
    assert.equal(code, 3);
    assert.equal(stdout, '');
    assert.match(stderr, /No WebSocket to the origin opens: HTTP\/1\.1 \d+ .* and no 101\. wsproof probe says why\./);
  });

  for (const [args, told] of [
    [[], /Which target is to be loaded\?/],
    [['nginx', '--transport', 'ws,wss'], /2 targets are meant, and one is loaded at a time: nginx@1\.30:websocket\/ws/],
    [['ws://127.0.0.1:9/'], /nobody has asked to be loaded\. .*--origin local:PORT/],
    [['http-proxy', '--insecure'], /--insecure is for addresses/],
  ] as const) {
    it(`refuses ${args.join(' ') || 'no target'}`, async () => {
      const { code, stderr } = await wsproof(['bench', ...args]);
      assert.equal(code, 2, stderr);
      assert.match(stderr, told);
    });
  }

  it('draws a table: the time that is added, and what is left of a rate', () => {
    const figures = [
      { name: 'roundTrip', title: 'round trip', unit: 'ms', through: 0.25, direct: 0.1 },
      { name: 'roundTripP99', title: 'round trip, 99th percentile', unit: 'ms', through: 1, direct: 1.1 },
      { name: 'messages', title: 'messages', unit: '/s', through: 30_000, direct: 60_000 },
    ] as const;
    const benchmark = { target: 'nginx:websocket/ws', version: '1.30.6', connections: 16, durationMs: 2000, figures };
    const text = renderBenchmark(benchmark, { width: 120, paint: (_, plain) => plain });
    assert.equal(
      text.split('\n').slice(0, 6).join('\n'),
      [
        'nginx:websocket/ws  version 1.30.6',
        '',
        '                                through      direct',
        'round trip                      0.25 ms      0.1 ms   +0.15 ms',
        'round trip, 99th percentile        1 ms      1.1 ms          ≈',
        'messages                      30,000 /s   60,000 /s       50 %',
      ].join('\n'),
    );
  });
});
