import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { isRequired } from '../required.ts';

const EXECUTABLE = process.env.WSPROOF_CHROMIUM ?? '/usr/bin/chromium';

/** Why there is no browser here, or false. Where one is required that is a failure and no reason to skip. */
export function withoutBrowser(): string | false {
  if (existsSync(EXECUTABLE)) return false;
  const reason = `there is no ${EXECUTABLE}: install Chromium, or say where it is with WSPROOF_CHROMIUM`;
  if (isRequired('browser')) throw new Error(reason);
  return reason;
}

/** A browser that talks to nobody by itself. Whoever opens it closes it. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  });
}
