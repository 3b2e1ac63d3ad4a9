import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamNotes } from '../../src/runner/upstreams.ts';

const asked = (upstream: string, webSockets: number, plain: number) => ({ upstream, asked: { webSockets, plain } });

describe('what is said of the upstreams', () => {
  it('is nothing where there is one', () => assert.deepEqual(upstreamNotes([asked('app:80', 5, 5)]), []));

  it('tells those of handshakes from those of plain requests, and those that were not asked', () => {
    const notes = upstreamNotes([
      asked('app:80', 0, 3),
      asked('ws:80', 9, 0),
      asked('api:80', 0, 0),
      asked('b:80', 1, 0),
    ]);
    assert.deepEqual(notes, [
      'Handshakes came to the origin as ws:80 and b:80.',
      'Plain requests came to it as app:80.',
      'Nothing came to it as api:80.',
    ]);
  });
});
