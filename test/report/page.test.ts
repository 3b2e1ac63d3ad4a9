import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { MODULES } from '../../src/report/html/assets.ts';
import { html } from '../../src/report/html/html.ts';
import { sample } from './sample.ts';

/** A module of the page; it is not compiled, so it is where its source is. */
const sourceOf = (name: string) => new URL(`../../../src/report/html/page/${name}`, import.meta.url);
const moduleOf = (name: string) => import(sourceOf(name).href);

const { select, nextOf } = await moduleOf('selection.js');
const { windowOf, scrollFor } = await moduleOf('window.js');
const { fragmentOf, placeOf } = await moduleOf('address.js');

const index = JSON.parse(/id="index">(.*)<\/script>/.exec(html(sample()))![1]!);
const everything = {
  text: '',
  signs: new Set<number>(),
  group: '',
  proxy: '',
  differing: false,
  folded: new Set<string>(),
};

const sign = (name: string): number => index.signs.findIndex((one: { name: string }) => one.name === name);

/** What a filter leaves, as ids. */
function left(filter: Partial<typeof everything>): { probes: string[]; targets: string[] } {
  const { rows, columns } = select(index, { ...everything, ...filter });
  return {
    probes: rows.flatMap(({ probe }: { probe?: number }) => (probe === undefined ? [] : [index.probes[probe].id])),
    targets: columns.map((t: number) => index.targets[t].id),
  };
}

describe('the filters of the page', () => {
  it('leave everything when nothing is asked for, group by group', () => {
    const { rows, columns } = select(index, everything);
    assert.deepEqual([rows.length, columns.length], [10 + 8, 6]);
    assert.deepEqual(rows[0], { group: 'handshake', size: 2, folded: false, probes: [0, 1] });
  });

  it('look for words in probes, and in targets where no probe has them', () => {
    assert.deepEqual(left({ text: 'CLOSE code' }).probes, ['close/code']);
    assert.deepEqual(left({ text: 'nginx wss' }).targets, ['nginx@1.22:websocket/wss']);
    assert.deepEqual(left({ text: 'idle haproxy' }), {
      probes: ['lifetime/idle-limit'],
      targets: ['haproxy@3.2:websocket/h2'],
    });
    assert.deepEqual(left({ text: 'no such thing' }), { probes: [], targets: [] });
  });

  it('leave the probes and targets that meet in a sign', () => {
    assert.deepEqual(left({ signs: new Set([sign('fail')]) }), {
      probes: ['handshake/upgrade', 'close/code'],
      targets: ['nginx@1.22:websocket/wss', 'http-proxy:websocket/ws'],
    });
  });

  it('leave a group, a proxy, what differs', () => {
    assert.deepEqual(left({ group: 'headers' }).probes, ['headers/subprotocol', 'headers/forwarded']);
    assert.deepEqual(left({ proxy: 'envoy' }).targets, ['envoy@1.36:naive/ws']);
    assert.deepEqual(left({ proxy: 'envoy', differing: true }).probes, []);
    assert.equal(left({ proxy: 'nginx', differing: true }).probes.length, 10);
  });

  it('fold a group to its heading', () => {
    const { rows } = select(index, { ...everything, folded: new Set(['handshake']) });
    assert.deepEqual(rows[0], { group: 'handshake', size: 2, folded: true, probes: [0, 1] });
    assert.equal(rows[1].group, 'headers');
  });

  it('lead from finding to finding and around', () => {
    const selection = select(index, { ...everything, proxy: 'nginx' });
    const nginx = [];
    let place = { probe: 0, target: 0 };
    for (let i = 0; i < 4; i++) {
      place = nextOf(index, selection, new Set(), place, 1);
      nginx.push(`${index.probes[place.probe].id} ${index.targets[place.target].id}`);
    }
    assert.deepEqual(nginx, [
      'handshake/upgrade nginx@1.30:naive/ws',
      'handshake/upgrade nginx@1.22:websocket/wss',
      'headers/forwarded nginx@1.30:websocket/ws',
      'handshake/upgrade nginx@1.30:naive/ws',
    ]);
    assert.deepEqual(nextOf(index, selection, new Set(), { probe: 0, target: 1 }, -1), { probe: 3, target: 0 });
    assert.deepEqual(nextOf(index, selection, new Set([sign('pass')]), { probe: 9 }, -1), { probe: 5, target: 0 });
    assert.equal(nextOf(index, { rows: [], columns: [] }, new Set(), { probe: 0 }, 1), undefined);
  });
});

describe('the window on the matrix', () => {
  it('has what is in sight and some on both sides, and never more than there is', () => {
    assert.deepEqual(windowOf(100, 30, 0, 300, 2), { first: 0, end: 12 });
    assert.deepEqual(windowOf(100, 30, 1500, 300, 2), { first: 48, end: 62 });
    assert.deepEqual(windowOf(100, 30, 9999, 300, 2), { first: 98, end: 100 });
    assert.deepEqual(windowOf(0, 30, 0, 300, 2), { first: 0, end: 0 });
  });

  it('scrolls no further than it must', () => {
    assert.equal(scrollFor(3, 30, 0, 300), 0);
    assert.equal(scrollFor(20, 30, 0, 300), 330);
    assert.equal(scrollFor(2, 30, 330, 300), 60);
  });
});

describe('the addresses of the page', () => {
  it('lead back to where they come from', () => {
    for (const [probe] of index.probes.entries()) {
      for (const [target] of index.targets.entries()) {
        assert.deepEqual(placeOf(index, fragmentOf(index, { probe, target })), { probe, target });
      }
      assert.deepEqual(placeOf(index, fragmentOf(index, { probe })), { probe });
    }
    assert.deepEqual(placeOf(index, fragmentOf(index, { target: 2 })), { target: 2 });
  });

  it('can be read by people', () => {
    const address = '#cell=http-proxy:websocket/ws/close/code';
    assert.equal(fragmentOf(index, placeOf(index, address)), address);
  });

  it('lead nowhere when nothing is there', () => {
    for (const fragment of ['', '#', '#cell=', '#cell=nginx', '#cell=%', '#target=x', '#probe=x', '#matrix']) {
      assert.equal(placeOf(index, fragment), undefined, fragment);
    }
  });
});

describe('the script of the page', () => {
  it('has a name for each thing, because its modules become one', async () => {
    const names = (await Promise.all(MODULES.map(topLevelNames))).flat();
    assert.deepEqual(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
  });
});

/** What a module declares at its top level. */
async function topLevelNames(name: string): Promise<string[]> {
  const source = await readFile(sourceOf(name), 'utf8');
  return [...source.matchAll(/^(?:export )?(?:async )?(?:function|class|const|let) (\w+)/gm)].map(([, one]) => one!);
}
