import type { ContainerRuntimeClient } from 'testcontainers';
import { labelled, labelledNetworks, labelledVolumes, removeContainer, removeNetwork, removeVolume } from './engine.ts';

type Labels = Readonly<Record<string, string>>;

/**
 * Removes all that has a label: containers, then the networks and the volumes that they were in.
 *
 * @param isLeft of what has the label, what is to go. Default: all
 * @returns how many containers
 * @throws the engine's error, when all has been tried
 */
export async function sweep(
  client: ContainerRuntimeClient,
  label: string,
  isLeft: (labels: Labels) => boolean = () => true,
  signal?: AbortSignal,
): Promise<number> {
  const faults: unknown[] = [];
  const each = async <T extends { readonly Labels: Labels | null }>(
    found: Promise<readonly T[]>,
    remove: (one: T) => Promise<void>,
  ): Promise<number> => {
    const left = (await found).filter(({ Labels }) => isLeft(Labels ?? {}));
    const removals = await Promise.allSettled(left.map(remove));
    for (const removal of removals) if (removal.status === 'rejected') faults.push(removal.reason);
    return left.length;
  };
  const containers = await each(labelled(client, label, signal), ({ Id }) =>
    removeContainer(client.container.getById(Id), signal),
  );
  await each(labelledNetworks(client, label, signal), ({ Id }) => removeNetwork(client.network.getById(Id)));
  await each(labelledVolumes(client, label, signal), ({ Name }) => removeVolume(client, Name, signal));
  if (faults.length > 0) throw faults[0];
  return containers;
}
