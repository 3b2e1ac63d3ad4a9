import { inertLine } from '../escape.ts';

/** The fragment that leads to a cell: `cell=nginx@1.30:websocket/ws/handshake/upgrade`, percent-encoded where it must be. */
export function cellAnchor(target: string, probe: string): string {
  return `cell=${encodeURIComponent(`${inertLine(target)}/${inertLine(probe)}`).replace(/%(2F|3A|40|2B)/g, decodeURIComponent)}`;
}
