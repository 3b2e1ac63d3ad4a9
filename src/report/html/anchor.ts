import { inertLine } from '../escape.ts';

/** Characters of an id that is shown. */
const LIMIT = 200;

/** The id of a target or a probe as the page has it, everywhere the same. */
export const shownId = (id: string): string => inertLine(id, LIMIT);

/** The fragment that leads to a cell: `cell=nginx@1.30:websocket/ws/handshake/upgrade`, percent-encoded where it must be. */
export function cellAnchor(target: string, probe: string): string {
  return `cell=${encodeURIComponent(`${shownId(target)}/${shownId(probe)}`).replace(/%(2F|3A|40|2B)/g, decodeURIComponent)}`;
}
