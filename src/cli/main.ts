#!/usr/bin/env node
import { writeSync } from 'node:fs';

// Until a command has come to its end any other end is a bug of ours: an await that never settles would end with 0, and
// an uncaught error with 1, which says that a proxy failed.
process.exitCode = 70;

function bug(error: unknown): void {
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    writeSync(
      2,
      `wsproof: This is a bug of wsproof, not of a proxy. Please report it with what stands below.\n${told}\n`,
    );
  } catch {
    // Nobody listens any more; the exit code is what is left to say.
  }
}

process.on('uncaughtException', (error) => {
  bug(error);
  process.exit(70);
});
process.once('beforeExit', () => {
  if (process.exitCode === 70) bug('It ended before its work was done: something was waited for that cannot come.');
});

const { main } = await import('./wsproof.ts');
const code = await main(process.argv.slice(2));
// In this order: from here on an end is an end.
process.removeAllListeners('beforeExit');
// All output has been written. What is left are connections that nobody needs any more, and they are not waited for: at an
// end that comes by itself Node does, and a write that a peer never took has it wait for ever.
process.exit(code);
