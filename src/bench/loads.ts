import { now } from '../wire/clock.ts';
import { withDeadline } from '../wire/mailbox.ts';
import { EchoClient, type Side } from './echo-client.ts';

/** How long each thing took, in ms; or how many there were, and in how many ms. */
export type Sample = { readonly times: readonly number[] } | { readonly count: number; readonly ms: number };

/** A way to load a side. */
export interface Load {
  readonly name: string;
  /** What is measured, for people. */
  readonly title: string;
  /** Of what is counted: how many of it are one of the unit. Default 1. */
  readonly per?: number;
  readonly unit: 'ms' | '/s' | 'MiB/s';
  /** @throws EnvironmentError when a connection does not open, or ends */
  run(side: Side, ms: number, connections: number): Promise<Sample>;
}

const SMALL = Buffer.alloc(64, 'w');
const LARGE = Buffer.alloc(64 * 1024, 'w');
/** Messages of one connection that are on their way at a time: enough that it is never idle. */
const WINDOW = 8;
/** Connections that are opened in one turn at most: each leaves a port behind that is not free for a minute. */
const OPENED = 500;

async function pumped(side: Side, ms: number, connections: number, payload: Buffer): Promise<Sample> {
  const clients: EchoClient[] = [];
  try {
    while (clients.length < connections) clients.push(await EchoClient.open(side));
    let count = 0;
    const from = now();
    const pumping = clients.map((client) => client.pump(payload, WINDOW, from + ms, () => void count++));
    await withDeadline(Promise.all(pumping), ms + side.patience, 'the echoes');
    return { count, ms: now() - from };
  } finally {
    for (const client of clients) client.close();
  }
}

/** What is measured, in the order in which it is shown. */
export const LOADS: readonly Load[] = [
  {
    name: 'handshake',
    title: 'opening handshake',
    unit: 'ms',
    async run(side, ms) {
      const times: number[] = [];
      for (const until = now() + ms; now() < until && times.length < OPENED; ) {
        const from = now();
        const client = await EchoClient.open(side);
        times.push(now() - from);
        client.close();
      }
      return { times };
    },
  },
  {
    name: 'roundTrip',
    title: 'round trip of 64 bytes',
    unit: 'ms',
    async run(side, ms) {
      const client = await EchoClient.open(side);
      const times: number[] = [];
      try {
        let from = now();
        const pumping = client.pump(SMALL, 1, from + ms, () => {
          const at = now();
          times.push(at - from);
          from = at;
        });
        await withDeadline(pumping, ms + side.patience, 'the echo');
        return { times };
      } finally {
        client.close();
      }
    },
  },
  {
    name: 'opened',
    title: 'connections opened',
    unit: '/s',
    async run(side, ms, connections) {
      const from = now();
      let count = 0;
      const openOn = async (): Promise<void> => {
        while (now() < from + ms && count < OPENED) {
          count++;
          (await EchoClient.open(side)).close();
        }
      };
      await Promise.all(Array.from({ length: connections }, openOn));
      return { count, ms: now() - from };
    },
  },
  {
    name: 'messages',
    title: 'messages of 64 bytes',
    unit: '/s',
    run: (side, ms, connections) => pumped(side, ms, connections, SMALL),
  },
  {
    name: 'throughput',
    title: 'messages of 64 KiB',
    unit: 'MiB/s',
    per: 1024 ** 2 / LARGE.length,
    run: (side, ms) => pumped(side, ms, 1, LARGE),
  },
];
