// Pulls one image in a thread of its own: the client cannot be told to stop, but a thread can be ended.
import { workerData } from 'node:worker_threads';
import { getContainerRuntimeClient, ImageName } from 'testcontainers';

const client = await getContainerRuntimeClient();
await client.image.pull(ImageName.fromString(workerData as string), { force: true, platform: undefined });
