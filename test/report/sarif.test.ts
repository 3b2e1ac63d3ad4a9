import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sarif } from '../../src/report/sarif.ts';
import { assertGolden } from './golden.ts';
import { sample } from './sample.ts';
import { sarifLog } from './sarif-log.ts';

describe('the SARIF report', () => {
  const {
    runs: [run],
  } = sarifLog.parse(JSON.parse(sarif(sample())));

  it('is the committed one', () => assertGolden('report.sarif', sarif(sample())));

  it('has a result for each finding, at the configuration of its target', () => {
    assert.deepEqual(
      run.results.map(({ ruleId, level, locations: [where] }) => [
        ruleId,
        level,
        where!.physicalLocation.artifactLocation.uri,
      ]),
      [
        ['headers/forwarded', 'warning', 'fixtures/nginx/websocket.conf'],
        ['handshake/upgrade', 'error', 'fixtures/nginx/naive.conf'],
        ['handshake/upgrade', 'error', 'fixtures/nginx/websocket.conf'],
        ['close/code', 'error', 'wsproof.config.yaml'],
      ],
    );
  });

  it('tells two findings of one probe apart, from run to run', () => {
    const prints = run.results.map(({ partialFingerprints }) => partialFingerprints['wsproofCell/v1']);
    assert.equal(new Set(prints).size, prints.length);
  });

  it('suppresses what is known, with its reason', () => {
    assert.deepEqual(
      run.results.map(({ suppressions }) => suppressions?.[0]?.justification),
      [undefined, 'a plain proxy_pass, as newcomers write it', undefined, undefined],
    );
  });

  it('keeps what says nothing about a proxy out of the results', () => {
    const texts = run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
    assert.equal(texts.length, 3);
    assert.match(texts[0]!, /^The baseline entry/);
    assert.match(texts[1]!, /^envoy@1\.36:naive\/ws could not be probed/);
    assert.match(texts[2]!, /^http-proxy:websocket\/ws, messages\/large/);
  });
});
