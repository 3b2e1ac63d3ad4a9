import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseScene, type Scene, sceneQuery } from '../../src/origin/scene.ts';

const read = (query: string): Scene => parseScene(`/?${query}`).scene;

describe('a scene in a query', () => {
  it('is read back as it was written', () => {
    const scene: Scene = {
      play: 'reject',
      status: 401,
      reason: 'Not & now',
      body: 'a=b&c',
      chunked: true,
      fields: [
        ['WWW-Authenticate', 'Basic realm="a:b"'],
        ['X-Empty', ''],
      ],
      closeReason: 'tschüß',
    };
    assert.deepEqual(parseScene(`/base?${sceneQuery('n1', scene)}`), { nonce: 'n1', scene });
  });

  it('is found between what a proxy has put around it', () => {
    const { nonce, scene } = parseScene(`/a?token=x&${sceneQuery('n1', { play: 'greet' })}&utm=1?x`);
    assert.deepEqual([nonce, scene.play], ['n1', 'greet']);
    assert.deepEqual(parseScene('/a'), { scene: {} });
  });

  it('holds no number that there is no room for', () => {
    for (const query of [
      'code=65536',
      'code=99999999',
      'code=-1',
      'code=1e3',
      'status=1000',
      'status=99',
      'late=1.5',
    ]) {
      assert.deepEqual(read(query), {}, query);
    }
    assert.deepEqual(read('code=65535&status=100&late=9'), { code: 65_535, status: 100, late: 9 });
  });

  it('holds nothing by which it could write fields that were not asked for', () => {
    for (const query of [
      'field=X:a%0d%0aY:b',
      'field=X:a%00b',
      'field=X%0d%0aY:b',
      'field=X%20Y:b',
      'field=:b',
      'field=X:%C4%8D%C4%8A',
      'reason=OK%0d%0aX:%20b',
      'reason=%C4%8D%C4%8AX:b',
    ]) {
      assert.deepEqual(read(query), {}, query);
    }
  });

  it('holds nothing that it does not know', () => {
    assert.deepEqual(read('__proto__=1&constructor=2&toString=3&scene=echo'), { play: 'echo' });
  });

  it('is not written with control characters, which proxies refuse', () => {
    assert.throws(() => sceneQuery('n', { text: 'a\u0000' }), TypeError);
    assert.throws(() => sceneQuery('n', { body: 'a\r\nb' }), TypeError);
  });
});
