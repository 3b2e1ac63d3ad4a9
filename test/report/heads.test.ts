import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headRows, headText } from '../../src/report/html/heads.ts';

const head = (start: string, ...fields: [string, string][]) => ({ start, fields });

describe('two heads side by side', () => {
  it('show what the proxy dropped, added, changed and wrote in another case', () => {
    const rows = headRows(
      head('GET / HTTP/1.1', ['Host', 'a'], ['Upgrade', 'websocket'], ['X-Y', '1'], ['Origin', 'o']),
      head('GET / HTTP/1.0', ['Via', 'p'], ['Host', 'b'], ['X-Real-IP', '1.2.3.4'], ['x-y', '1'], ['Origin', 'o']),
    );
    assert.deepEqual(rows, [
      ['changed', 'GET / HTTP/1.1', 'GET / HTTP/1.0'],
      ['added', null, 'Via: p'],
      ['changed', 'Host: a', 'Host: b'],
      ['added', null, 'X-Real-IP: 1.2.3.4'],
      ['dropped', 'Upgrade: websocket', null],
      ['recased', 'X-Y: 1', 'x-y: 1'],
      ['same', 'Origin: o', 'Origin: o'],
    ]);
    assert.equal(
      headText(rows),
      [
        '− GET / HTTP/1.1',
        '+ GET / HTTP/1.0',
        '+ Via: p',
        '− Host: a',
        '+ Host: b',
        '+ X-Real-IP: 1.2.3.4',
        '− Upgrade: websocket',
        '− X-Y: 1',
        '+ x-y: 1',
        '  Origin: o',
      ].join('\n'),
    );
  });

  it('do not take the names of HTTP/2 for the proxy’s doing', () => {
    const rows = headRows(
      head('CONNECT / HTTP/2', [':authority', 'a'], [':protocol', 'websocket'], ['origin', 'o']),
      head('GET / HTTP/1.1', ['Host', 'a'], ['Origin', 'o'], ['Upgrade', 'websocket']),
    );
    assert.deepEqual(rows, [
      ['changed', 'CONNECT / HTTP/2', 'GET / HTTP/1.1'],
      ['same', ':authority: a', 'Host: a'],
      ['dropped', ':protocol: websocket', null],
      ['same', 'origin: o', 'Origin: o'],
      ['added', null, 'Upgrade: websocket'],
    ]);
  });

  it('pair fields of one name in their order', () => {
    const rows = headRows(head('S', ['Set-Cookie', 'a'], ['Set-Cookie', 'b']), head('S', ['Set-Cookie', 'a']));
    assert.deepEqual(rows.slice(1), [
      ['same', 'Set-Cookie: a', 'Set-Cookie: a'],
      ['dropped', 'Set-Cookie: b', null],
    ]);
  });

  it('show each line exactly once on its side, whatever the order', () => {
    const before = head('S', ['A', '1'], ['B', '2'], ['C', '3'], ['A', '4']);
    const after = head('S', ['C', '3'], ['D', '5'], ['A', '4'], ['A', '1'], ['E', '6']);
    const rows = headRows(before, after);
    const side = (i: 1 | 2) => rows.flatMap((row) => row[i] ?? []).sort();
    assert.deepEqual(side(1), ['A: 1', 'A: 4', 'B: 2', 'C: 3', 'S']);
    assert.deepEqual(side(2), ['A: 1', 'A: 4', 'C: 3', 'D: 5', 'E: 6', 'S']);
  });

  it('are one head alone when the other never came', () => {
    assert.deepEqual(headRows(head('S', ['A', '1']), null), [
      ['dropped', 'S', null],
      ['dropped', 'A: 1', null],
    ]);
    assert.deepEqual(headRows(null, null), []);
  });
});
