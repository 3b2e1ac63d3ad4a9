import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Parser } from 'tap-parser';
import { probes } from '../../src/probes/index.ts';
import { type Report, reportSchema } from '../../src/report/document.ts';
import { streamLine } from '../../src/report/json.ts';
import { reporters } from '../../src/report/reporters.ts';
import { renderMatrix } from '../../src/report/terminal/matrix-view.ts';
import { renderProbes } from '../../src/report/terminal/probe-view.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { Opcode } from '../../src/wire/frame.ts';
import { withField } from '../mutants/mutant.ts';
import { relay } from '../mutants/relay.ts';
import { targetOf } from '../runner/targets.ts';
import { HOSTILE } from './hostile.ts';
import { parseXml } from './xml.ts';

/** A proxy that answers by itself, with this wherever an answer has room for words. */
const answering = (text: string) =>
  relay('answering', {
    intercept: (_, client) => {
      const body = Buffer.from(text);
      const head = `HTTP/1.1 403 ${text}\r\nX-Words: ${text}\r\nServer: ${text}\r\nContent-Length: ${body.length}\r\n\r\n`;
      client.write(Buffer.concat([Buffer.from(head), body]));
      client.finish();
      return true;
    },
  });

/** A proxy that lets handshakes through and says this in place of every message and every close reason. */
const speaking = (text: string) =>
  relay('speaking', {
    response: (head) => withField(head, 'X-Words', text.replace(/[\r\n\0]/g, ' ').slice(0, 8000)),
    downFrame: (frame, pass) => {
      const words = Buffer.from(text);
      if (frame.opcode === Opcode.close)
        pass({ ...frame, payload: Buffer.concat([Buffer.from([0x0f, 0xa0]), words.subarray(0, 100)]) });
      else pass({ ...frame, payload: words });
    },
  });

const SELECTION = { probe: ['handshake/upgrade', 'messages/text', 'headers/subprotocol', 'close/origin-code'] };

async function probed(text: string): Promise<{ report: Report; stream: string }> {
  const targets = [answering(text), speaking(text)].map((proxy) => targetOf(proxy, { log: text }));
  const lines: string[] = [];
  const report = await run({
    ...{ plan: planRun(probes, targets, SELECTION), toolVersion: '0.0.0', command: `wsproof '${text.slice(0, 50)}'` },
    ...{ patience: 1000, retries: 0, record: (entry) => void lines.push(streamLine(entry)) },
  });
  return { report, stream: lines.join('') };
}

const look = { width: 100, paint: (_: unknown, text: string) => text, trace: true, strict: false };

describe('nothing that a hostile proxy sends acts in a report of it', { concurrency: 4 }, () => {
  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`${what}, as reason phrase, field, body, message and close reason`, async () => {
      const { report, stream } = await probed(text);
      assert.ok(report.cells.some(({ verdict }) => verdict === 'fail'));
      // What can stand in a line is in the evidence, or nothing would have been tried.
      const [word = ''] = /[a-z<]{4,20}/.exec(text) ?? [];
      assert.ok(JSON.stringify(report.cells).includes(word));
      const written = Object.fromEntries(Object.entries(reporters).map(([name, { render }]) => [name, render(report)]));
      const views = { probes: renderProbes(report, look), matrix: renderMatrix(report, look), stream };
      for (const [name, output] of Object.entries({ ...written, ...views })) {
        assert.doesNotMatch(output, /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u, name);
        assert.ok(output.length < 8 * 1024 * 1024, `${name}: what is too long is cut`);
      }
      reportSchema.parse(JSON.parse(written.json!));
      for (const name of ['ctrf', 'sarif', 'badge-endpoint']) JSON.parse(written[name]!);
      for (const name of ['junit', 'badge']) parseXml(written[name]!);
      const results = Parser.parse(written.tap!, { strict: true }).filter(([event]) => event === 'assert');
      assert.equal(results.length, report.cells.length);
      for (const line of written.github!.trimEnd().split('\n')) assert.match(line, /^::(error|warning|notice) /);
      const page = written.html!.replace(/<(style|script)[\s\S]*?<\/\1>/g, '');
      for (const tag of page.match(/<[^>]*>?/g)!) assert.match(tag, /^<\/?!?[a-z\d]+( [\w-]+="[^"<>]*"| html)*\/?>$/i);
      assert.doesNotMatch(page, / (on\w+|style)="/);
    });
  }
});
