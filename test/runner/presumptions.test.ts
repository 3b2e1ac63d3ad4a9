import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { defineProbe, type Probe } from '../../src/probes/probe.ts';
import { planRun } from '../../src/runner/plan.ts';
import dropsUpgrade from '../mutants/drops-upgrade.ts';
import { perPair, withStart } from '../mutants/mutant.ts';
import { answerItself, relay } from '../mutants/relay.ts';
import turnsTheFourthAway from '../mutants/turns-the-fourth-away.ts';
import { start } from './started.ts';
import { targetOf } from './targets.ts';

describe('one cause of several findings', { concurrency: true }, () => {
  it('blocks what needs a probe that failed', async () => {
    const upgrade = probes.find(({ id }) => id === 'handshake/upgrade')!;
    const dependent = defineProbe({ ...upgrade, id: 'handshake/dependent', needs: ['handshake/upgrade'] });
    const plan = planRun([upgrade, dependent], [targetOf(dropsUpgrade.proxy)]);
    const { verdict, summary } = (await start([], { plan })).cells[1]!;
    assert.deepEqual([verdict, summary], ['blocked', 'it needs handshake/upgrade, which failed']);
  });

  it('leaves the news to what a failure is a special case of, and only then', async () => {
    const upgrade = probes.find(({ id }) => id === 'handshake/upgrade')!;
    const special = defineProbe({
      ...upgrade,
      id: 'handshake/special',
      presumes: ['handshake/upgrade'],
      run: (context) => {
        context.measure('cutAfter', 3, 's');
        return upgrade.run(context);
      },
    });
    const plan = planRun([special, upgrade], [targetOf(dropsUpgrade.proxy), targetOf(relay('good'))]);
    const alone = planRun([special], [targetOf(dropsUpgrade.proxy)]);
    const { cells } = await start([], { plan });
    assert.deepEqual(cells[0]!.measured, [{ name: 'cutAfter', value: 3, unit: 's' }]);
    assert.deepEqual(
      cells.map(({ verdict, summary }) => `${verdict}: ${summary}`),
      [
        'blocked: it presumes handshake/upgrade, which failed',
        `fail: ${upgrade.failure}`,
        `pass: ${upgrade.title}`,
        `pass: ${upgrade.title}`,
      ],
    );
    assert.equal((await start([], { plan: alone })).cells[0]!.verdict, 'fail');
  });

  it('tells a limit by the others that get through meanwhile', async () => {
    const limited = relay('limited', {
      intercept: (request, client) => {
        if (!request.has('x-late')) return false;
        answerItself(client, '503 Service Unavailable');
        return true;
      },
    });
    let taken = () => {};
    const full = new Promise<void>((resolve) => {
      taken = resolve;
    });
    const upgrade = probes.find(({ id }) => id === 'handshake/upgrade')!;
    const early = defineProbe({
      ...upgrade,
      id: 'handshake/early-bird',
      gatewayOnly: true,
      async run({ dial }) {
        await Promise.all([dial(), dial(), dial()]);
        taken();
      },
    });
    const late = defineProbe({
      ...upgrade,
      id: 'handshake/late-comer',
      async run({ dial }) {
        await full;
        await dial({ fields: [['X-Late', '1']] });
      },
    });
    const symptomOf = async (...some: Probe[]): Promise<string | undefined> =>
      (await start([], { plan: planRun(some, [targetOf(limited)]) })).cells.find(({ probe }) => probe === late.id)!
        .symptom;
    assert.equal(await symptomOf(late, early), 'refused-among-others');
    assert.equal(await symptomOf(late), 'origin-unreachable');
  });

  it('tells by the nonce in them whose bytes the origin could not read', async () => {
    const upgrade = probes.find(({ id }) => id === 'handshake/upgrade')!;
    let garbled = () => {};
    const came = new Promise<void>((resolve) => {
      garbled = resolve;
    });
    const muddled = relay('muddled', {
      intercept: (request, client) => {
        if (!request.has('x-refused')) return false;
        void came.then(() => answerItself(client, '502 Bad Gateway'));
        return true;
      },
      request: (head) => (head.has('x-muddled') ? withStart(head, `\x01${head.start}`) : head),
      answer: (bytes, { client, request }) => {
        client.write(bytes);
        if (request.has('x-muddled')) garbled();
      },
    });
    const handshakes = ['X-Refused', 'X-Muddled'].map((name) =>
      defineProbe({
        ...upgrade,
        id: `handshake/${name.toLowerCase()}`,
        run: async ({ dial }) => void (await dial({ fields: [[name, '1']] })),
      }),
    );
    const { cells } = await start([], { plan: planRun(handshakes, [targetOf(muddled)]), retries: 0 });
    assert.deepEqual(
      cells.map(({ symptom }) => symptom),
      ['origin-unreachable', 'request-garbled'],
    );
  });

  it('leaves the news of a limit to the probe that tells of it', async () => {
    const upgrade = probes.find(({ id }) => id === 'handshake/upgrade')!;
    const sideBySide = probes.find(({ id }) => id === 'load/side-by-side')!;
    const others = [1, 2, 3, 4].map((n) =>
      defineProbe({ ...upgrade, id: `handshake/number-${n}`, needs: ['handshake/upgrade'] }),
    );
    const plan = planRun([upgrade, ...others, sideBySide], [targetOf(turnsTheFourthAway.proxy)]);
    const { cells } = await start([], { plan });
    const why = 'blocked: it presumes load/side-by-side, which failed';
    assert.deepEqual(
      cells.map(({ verdict, summary }) => `${verdict}: ${summary}`),
      [`pass: ${upgrade.title}`, why, why, why, why, `fail: ${sideBySide.failure}`],
    );
  });

  it('leaves the news of a limit of bytes to the probe that meets it first', async () => {
    const limited = relay('limited', () => {
      const carried = perPair(() => ({ bytes: 0 }));
      return {
        up: (chunk, pass, pair) => {
          carried(pair).bytes += chunk.length;
          if (carried(pair).bytes <= 100_000) return pass(chunk);
          pair.client.finish();
          pair.origin.finish();
        },
      };
    });
    const of = ['handshake/upgrade', 'messages/sizes', 'messages/burst-order', 'close/last-data-of-client'];
    const some = probes.filter(({ id }) => of.includes(id));
    const { cells } = await start([], { plan: planRun(some, [targetOf(limited)]) });
    assert.deepEqual(
      cells.flatMap(({ probe, verdict, symptom }) => (verdict === 'fail' ? `${probe}: ${symptom}` : [])),
      ['messages/sizes: message-too-big'],
    );
    assert.equal(cells.filter(({ summary }) => summary === 'it presumes messages/sizes, which failed').length, 2);
  });
});
