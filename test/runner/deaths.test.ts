import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import type { Report } from '../../src/report/document.ts';
import { tally } from '../../src/report/findings.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { relay } from '../mutants/relay.ts';
import { targetOf } from './targets.ts';

const PROBES = ['handshake/upgrade', 'handshake/accept-key', 'messages/text', 'messages/binary'];

/** A relay that ends everything at once when it is told to, and is as new when it is started again. */
function mortal(name: string) {
  let dead = false;
  let starts = 0;
  let deaths = 0;
  const sockets = new Set<{ reset(): void }>();
  const die = (): void => {
    if (dead) return;
    dead = true;
    deaths++;
    for (const one of sockets) one.reset();
  };
  return {
    die,
    deaths: () => deaths,
    starts: () => starts,
    /** @param fatal whether this frame of the client ends it */
    target: (fatal: (payload: Buffer, opcode: number) => boolean) =>
      targetOf(
        relay(name, {
          intercept: (_, client) => {
            if (dead) client.reset();
            else sockets.add(client);
            return dead;
          },
          upFrame: (frame, pass) => (fatal(frame.payload, frame.opcode) ? die() : pass(frame)),
        }),
        {
          name,
          log: 'the last words',
          dying: () => (dead ? 'exited with code 139' : undefined),
          starting: async () => {
            dead = false;
            starts++;
            sockets.clear();
          },
        },
      ),
  };
}

async function probed(probe: readonly string[], ...targets: ReturnType<typeof targetOf>[]): Promise<Report> {
  const plan = planRun(probes, targets, { probe });
  return run({ plan, toolVersion: '0', command: 'wsproof', patience: 1000, idle: 1000 });
}

const verdicts = ({ cells }: Report, name: string): Record<string, string> =>
  Object.fromEntries(
    cells.filter(({ target }) => target.startsWith(name)).map(({ probe, verdict }) => [probe, verdict]),
  );

const ALL_PASS = Object.fromEntries(PROBES.map((id) => [id, 'pass']));

describe('a proxy that dies in mid-run', { concurrency: true }, () => {
  it('is started again, and the probe that ends it each time is the finding', async () => {
    const fragile = mortal('fragile');
    const report = await probed(
      PROBES,
      fragile.target((_, opcode) => opcode === 2),
      targetOf(relay('sound')),
    );
    assert.deepEqual(verdicts(report, 'fragile'), { ...ALL_PASS, 'messages/binary': 'fail' });
    assert.deepEqual(verdicts(report, 'sound'), ALL_PASS);
    const cell = report.cells.find(({ verdict }) => verdict === 'fail')!;
    assert.deepEqual(
      [cell.symptom, cell.cause, cell.change],
      ['proxy-died', 'The proxy dies: exited with code 139', 'new'],
    );
    assert.match(report.run.logs['fragile:websocket/ws']!, /the last words/);
    assert.equal(report.targets[0]!.failure, undefined);
    assert.deepEqual([tally(report).findings, tally(report).unreachable], [1, 0]);
  });

  it('and does not die of anything again was ended by somebody else, which is told and is no finding', async () => {
    const once = mortal('once');
    const report = await probed(
      PROBES,
      once.target((_, opcode) => opcode === 2 && once.deaths() === 0),
    );
    assert.deepEqual(verdicts(report, 'once'), ALL_PASS);
    assert.equal(
      report.targets[0]!.failure,
      'the proxy was gone once (exited with code 139), and no probe could do that again',
    );
    assert.deepEqual([tally(report).findings, tally(report).unreachable], [0, 1]);
  });

  it('in one of its workers, which its supervisor starts again, is told by the moment at which all was over', async () => {
    const held: { reset(): void }[] = [];
    const worker = relay('worker', {
      intercept: (_, client) => {
        // Behind that of handshake/upgrade, the fourth one is too much for it, once.
        if (held.push(client) === 5) for (const one of held.slice(1, 4)) one.reset();
        return false;
      },
    });
    const lifetimes = ['lifetime/idle', 'lifetime/busy', 'lifetime/client-messages', 'lifetime/origin-messages'];
    const { cells } = await probed(lifetimes, targetOf(worker));
    assert.deepEqual(
      cells.flatMap(({ verdict, symptom }) => (verdict === 'pass' ? [] : [[verdict, symptom]])),
      Array(3).fill(['error', 'all-ended-at-once']),
    );
  });

  it('is not started for ever, and the others are probed to the end', async () => {
    const moribund = mortal('moribund');
    const report = await probed(
      PROBES,
      moribund.target(() => true),
      targetOf(relay('sound')),
    );
    const { 'handshake/upgrade': upgrade, ...others } = verdicts(report, 'moribund');
    assert.equal(upgrade, 'pass');
    assert.ok(Object.values(others).includes('fail'), JSON.stringify(others));
    assert.ok(moribund.starts() <= 4, String(moribund.starts()));
    assert.deepEqual(verdicts(report, 'sound'), ALL_PASS);
  });
});
