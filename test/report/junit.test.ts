import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { junit } from '../../src/report/junit.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';
import { everyElement, parseXml } from './xml.ts';

describe('the JUnit report', () => {
  const root = parseXml(junit(sample()));
  const all = [...everyElement(root)];
  const caseOf = (target: string, probe: string) =>
    root.children
      .find(({ attributes }) => attributes.name === target)!
      .children.find(({ name, attributes }) => name === 'testcase' && attributes.name === probe)!;

  it('is the committed one', () => assertGolden('junit.xml', junit(sample())));

  it('has a suite for each target and counts what it holds', () => {
    assert.deepEqual(
      root.children.map(({ attributes }) => attributes.name),
      sample().targets.map(({ id }) => id),
    );
    for (const suite of [root, ...root.children]) {
      const below = [...everyElement(suite)];
      const count = (name: string) => String(below.filter((element) => element.name === name).length);
      const { tests, failures, errors, skipped } = suite.attributes;
      assert.deepEqual(
        { tests, failures, errors, skipped },
        { tests: count('testcase'), failures: count('failure'), errors: count('error'), skipped: count('skipped') },
      );
    }
  });

  it('tells the proxy’s failures from what is inconclusive and what was not run', () => {
    const [failure] = caseOf('nginx@1.22:websocket/wss', 'handshake/upgrade').children;
    assert.equal(failure?.name, 'failure');
    assert.equal(failure?.attributes.type, 'upgrade-headers-dropped');
    assert.match(failure!.text, /proxy_set_header Upgrade {4}\$http_upgrade;/);
    assert.equal(caseOf('envoy@1.36:naive/ws', 'close/code').children[0]?.name, 'error');
    assert.equal(caseOf('nginx@1.22:websocket/wss', 'close/code').children[0]?.name, 'skipped');
  });

  it('does not break a build over what is known, and does not hide it', () => {
    const [skipped] = caseOf('nginx@1.30:naive/ws', 'handshake/upgrade').children;
    assert.equal(skipped?.name, 'skipped');
    assert.match(skipped!.attributes.message!, /Known: a plain proxy_pass/);
  });

  it('gives times in seconds', () => {
    for (const { name, attributes } of all) {
      if (name === 'testcase') assert.match(attributes.time!, /^\d+\.\d{3}$/);
    }
  });
});
