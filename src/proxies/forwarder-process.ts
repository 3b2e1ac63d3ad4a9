// Runs alone in a container, without the rest of wsproof: as `app`, it passes on to the origin what comes to app:3000.
// Its argument is a list of Route as JSON. It says "ready" when it listens.
import { connect, createServer, type Socket } from 'node:net';

/** From where to where bytes are passed on. */
export interface Route {
  /** Where to listen. Without a host it is all addresses. */
  readonly from: { readonly host?: string; readonly port: number };
  readonly to: { readonly host: string; readonly port: number };
  /** Where there is no such address, nobody will ask for it. */
  readonly optional?: boolean;
}

/** What one side says comes to the other side as it was said: an end as an end, a reset as a reset. */
function pass(from: Socket, to: Socket): void {
  from.pipe(to);
  from.on('error', () => to.resetAndDestroy());
}

function serve({ from, to, optional }: Route): Promise<void> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...to, allowHalfOpen: true, noDelay: true });
    pass(near, far);
    pass(far, near);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      optional && error.code === 'EADDRNOTAVAIL' ? resolve() : reject(error),
    );
    server.listen(from, resolve);
  });
}

try {
  const routes = JSON.parse(process.argv[2] ?? '[]') as Route[];
  await Promise.all(routes.map(serve));
  process.stdout.write('ready\n');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
process.on('SIGTERM', () => process.exit(0));
