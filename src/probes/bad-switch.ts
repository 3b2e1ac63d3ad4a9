import type { Context } from './probe.ts';

/**
 * Has the origin end the connections on which it has switched protocols in this probe: a proxy that keeps one of them for
 * its next request would swallow that of somebody else.
 */
export async function endSwitches({
  requests,
  arrivals,
  resume,
  journal,
}: Pick<Context, 'requests' | 'arrivals' | 'resume' | 'journal'>): Promise<void> {
  for (const request of requests().filter(({ head }) => head.target.includes('scene=switch'))) {
    if ((await arrivals(request)).length === 0) continue;
    await resume(request);
    await journal(request, ({ left, ending }) => (left ?? ending) !== undefined, 'the end of the connection');
  }
}
