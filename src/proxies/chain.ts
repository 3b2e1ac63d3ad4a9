import { EnvironmentError, UsageError } from '../errors.ts';
import type { Hop, OriginPlace, RunningTarget, Surroundings, Target } from './target.ts';

/** A hop that runs, and one more of it with the origin right behind, when somebody asks for it. */
interface RunningHop {
  readonly target: Target;
  readonly running: RunningTarget;
  alone?: Promise<RunningTarget>;
}

/** The name of a hop without the transport: only the outermost one's is the user's to choose. */
const nameOf = ({ id }: Target): string => id.replace(/\/[^/]*$/, '');

/** Where the next hop outward finds this one. */
function placeOf({ running, target }: RunningHop, seenFrom: Target): OriginPlace {
  const { inside, endpoint } = running;
  if (inside) return { address: inside.host, port: inside.port, tlsPort: inside.port };
  if (!seenFrom.originNeeds.reachableFromContainers) {
    return { address: endpoint.host, port: endpoint.port, tlsPort: endpoint.port };
  }
  throw new EnvironmentError(`${nameOf(target)} cannot be reached from the container of ${nameOf(seenFrom)}.`);
}

function check(hops: readonly Target[], text: string): void {
  const [outermost, ...inner] = hops;
  const balancing = hops.find(({ originNeeds }) => originNeeds.two);
  if (balancing) throw new UsageError(`"${text}": ${nameOf(balancing)} balances over two origins; a chain has one.`);
  const lost = inner.find((hop, i) => !isContainer(hop) && isContainer(hops[i]!));
  if (!lost) return;
  throw new UsageError(
    `"${text}": ${nameOf(lost)} runs in no container, and where it runs none reaches it; it can only be in front of ${nameOf(outermost!)}.`,
  );
}

const isContainer = ({ originNeeds }: Target): boolean => originNeeds.reachableFromContainers === true;

class Chain {
  readonly #hops: RunningHop[] = [];
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Starts them from the innermost outward, each with the one before as its origin. */
  async start(targets: readonly Target[]): Promise<void> {
    let surroundings = this.#surroundings;
    for (const [i, target] of [...targets.entries()].reverse()) {
      const hop = { target, running: await target.start(surroundings) };
      this.#hops.unshift(hop);
      if (i > 0) surroundings = { ...surroundings, origin: placeOf(hop, targets[i - 1]!) };
    }
  }

  /** What somebody who looks for the guilty one may ask for. */
  get hops(): Hop[] {
    return this.#hops.map((hop, i) => ({
      name: nameOf(hop.target),
      fix: (symptom) => hop.target.fix(symptom, hop.running.version),
      expected: (probe) => hop.target.expected(probe, hop.running.version),
      behind: hop.running.endpoint,
      alone: async () => {
        if (i === this.#hops.length - 1) return hop.running.endpoint;
        hop.alone ??= hop.target.start(this.#surroundings);
        return (await hop.alone).endpoint;
      },
    }));
  }

  async log(): Promise<string> {
    const logs = this.#hops.map(async ({ target, running }) => `== ${nameOf(target)}\n${await running.log()}`);
    return (await Promise.all(logs)).join('\n');
  }

  async obituary(): Promise<string | undefined> {
    for (const { target, running } of this.#hops) {
      const died = await running.obituary();
      if (died !== undefined) return `${nameOf(target)} ${died}`;
    }
    return undefined;
  }

  /** All of them, the outermost first; what one of them throws does not keep the others. */
  async stop(): Promise<void> {
    const faults: unknown[] = [];
    for (const { running, alone } of this.#hops) {
      // One that could not be started has left nothing to stop.
      const more = await alone?.catch(() => undefined);
      for (const one of [running, more]) await one?.stop().catch((error: unknown) => faults.push(error));
    }
    if (faults.length > 0) throw faults[0];
  }

  get running(): RunningTarget {
    const all = this.#hops.map(({ running }) => running);
    const [{ endpoint, reload, terminate }] = all as [RunningTarget];
    const versions = all.map(({ version }) => version ?? '?');
    const memories = all.map(({ memory }) => memory);
    return {
      endpoint,
      ...(all.some(({ version }) => version !== undefined) ? { version: versions.join('+') } : {}),
      hops: this.hops,
      log: () => this.log(),
      obituary: () => this.obituary(),
      ...(reload ? { reload } : {}),
      ...(terminate ? { terminate } : {}),
      ...(memories.every((memory) => memory !== undefined)
        ? {
            memory: async () =>
              (await Promise.all(memories.map((memory) => memory()))).reduce((sum, bytes) => sum + bytes, 0),
          }
        : {}),
      stop: () => this.stop(),
    };
  }
}

/**
 * Several proxies one behind the other, the origin behind the last.
 *
 * @param hops the outermost first
 * @param text as the user wrote it
 * @throws UsageError when one of them cannot stand where it is to stand
 */
export function chainTarget(hops: readonly Target[], text: string): Target {
  check(hops, text);
  const [outermost] = hops as [Target];
  const { transport } = outermost;
  const flags = hops.find((hop) => hop.flags !== undefined)?.flags;
  const joined = (of: (hop: Target) => string): string => hops.map(of).join('+');
  const images = hops.flatMap((hop) => hop.images ?? []);
  const shared = (outermost.capabilities ?? []).filter(
    (capability) => capability !== 'memory' || hops.every((hop) => hop.capabilities?.includes('memory')),
  );
  return {
    id: `${joined(nameOf)}/${transport}`,
    proxy: joined(({ proxy }) => proxy),
    variant: joined(({ variant }) => variant),
    transport,
    spec: [outermost.spec, ...hops.slice(1).map(({ spec }) => spec.replace(/\/(ws|wss|h2)$/, ''))].join('+'),
    ...(flags === undefined ? {} : { flags }),
    ...(images.length > 0 ? { images } : {}),
    config: hops.flatMap(({ config }) => config),
    notes: hops.flatMap(({ notes = [] }) => notes),
    originNeeds: hops.some(isContainer) ? { reachableFromContainers: true } : {},
    capabilities: shared,
    expected: () => undefined,
    fix: () => undefined,
    async start(surroundings) {
      const chain = new Chain(surroundings);
      try {
        await chain.start(hops);
        return chain.running;
      } catch (error) {
        await chain.stop();
        throw error;
      }
    },
  };
}
