import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { probes } from '../../src/probes/index.ts';
import { loadTargets } from '../../src/proxies/catalog.ts';
import { Compose } from '../../src/proxies/compose/program.ts';
import { planRun } from '../../src/runner/plan.ts';
import { run } from '../../src/runner/run.ts';
import { isRequired } from '../required.ts';
import { LONGEST, NGINX, whySkip } from './engine.ts';

const FILE = join(import.meta.dirname, '../../../test/configs/compose/docker-compose.yml');

/** Not every machine with an engine has compose. */
async function whySkipCompose(): Promise<string | false> {
  const missing = await Compose.find().then(
    () => false as const,
    (error: Error) => error.message,
  );
  if (missing && isRequired('compose')) throw new Error(missing);
  return (await whySkip([`${NGINX}:1.30`])) || missing;
}

describe('a compose file', { timeout: LONGEST, skip: await whySkipCompose() }, () => {
  const given = process.env.NGINX_IMAGE;
  before(() => {
    process.env.NGINX_IMAGE = `${NGINX}:1.30`;
  });
  after(() => {
    if (given === undefined) delete process.env.NGINX_IMAGE;
    else process.env.NGINX_IMAGE = given;
  });

  const probed = async (path: string) => {
    const compose = { file: FILE, services: ['proxy:80'], originAs: ['app:3000'], path };
    const targets = await loadTargets([], { compose, images: { nginx: NGINX } });
    const plan = planRun(probes, targets, { probe: ['handshake/upgrade', 'messages/text'] });
    return run({ plan, toolVersion: 'test', command: 'test', retries: 0, patience: 3000 });
  };

  it('runs as it is written, with the origin in place of the application', async () => {
    const { cells, targets } = await probed('/live');
    assert.deepEqual(
      cells.map(({ verdict }) => verdict),
      ['pass', 'pass'],
    );
    assert.equal(targets[0]!.proxy, 'nginx');
    assert.match(targets[0]!.version!, /^1\.30\./);
    assert.match(targets[0]!.config[0]!.path, /nginx\/shop\.conf$/);
  });

  it('has the fixes of the proxy that its image tells', async () => {
    const [cell] = (await probed('/')).cells;
    assert.equal(cell!.symptom, 'upgrade-headers-dropped');
    assert.match(cell!.fix!.config!, /proxy_set_header Upgrade/);
    assert.equal(cell!.evidence!.upstream, 'app:3000');
  });
});
