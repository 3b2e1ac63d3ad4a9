// Brings nginx up for a test that kills this process: argv is the id of the run, and what to do when it is up.
import { loadTargets } from '../../src/proxies/catalog.ts';
import { openSurroundings } from '../proxies/surroundings.ts';
import { NGINX } from './engine.ts';

const [runId = '', then] = process.argv.slice(2);
const [target] = await loadTargets(['nginx'], { env: { WSPROOF_IMAGE_NGINX: NGINX } });
const surroundings = await openSurroundings(runId, '0.0.0.0');
const running = await target!.start({
  ...surroundings,
  tell: (progress) => void process.stdout.write(`${progress}\n`),
});
process.stdout.write('up\n');
if (then === 'stop') {
  await running.stop();
  await surroundings.close();
}
