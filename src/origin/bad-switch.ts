import { ResponseHead } from '../wire/head.ts';
import type { Visit } from './visit.ts';

/**
 * Switches protocols by the 101 of a handshake, asked for or not, in which the scene's fields take the place of those of
 * their name; an empty one takes it away. The connection ends when bytes come behind it, or its stall is ended. HTTP/2 has
 * no 101, so there it is a mere 200.
 */
export async function playBadSwitch(visit: Visit): Promise<void> {
  const { exchange, scene, under } = visit;
  if (exchange.head.version === 'HTTP/2') return visit.refuse(200, [], Buffer.alloc(0));
  const { fields = [] } = scene;
  const replaced = new Set(fields.map(([name]) => name.toLowerCase()));
  const usual = visit.switchFields().filter(([name]) => !replaced.has(name.toLowerCase()));
  const all = [...usual, ...fields.filter(([, value]) => value !== '')];
  await visit.switchTo(new ResponseHead('HTTP/1.1 101 Switching Protocols', all), Buffer.alloc(0));
  const { link } = under;
  const onData = (bytes: Buffer): void => {
    visit.strayed(bytes.length);
    link.finish();
  };
  link.redirect({ onData, onEnd: () => visit.ended() });
  await visit.stall(visit.ms(scene.delay, 10_000));
  link.finish();
  exchange.left = link.leaving!;
  visit.changed();
}
