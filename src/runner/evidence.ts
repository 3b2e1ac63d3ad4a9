import { isUtf8 } from 'node:buffer';
import type { Evidence } from '../diagnosis/evidence.ts';
import type { CellEvidence, ReportedFrame } from '../report/document.ts';
import { isControl, Opcode, parseClosePayload } from '../wire/frame.ts';
import type { Ending } from '../wire/link.ts';
import type { SeenFrame } from '../wire/record.ts';
import type { Disclosure } from './disclosure.ts';

/** Frames of each side and direction that go into a report: the first and the last. */
const KEPT = 20;
const PREVIEW = 64;

const NAMES = new Map<number, string>(Object.entries(Opcode).map(([name, code]) => [code, name]));

/** Bytes of a body that go into a report. */
const BODY = 400;

function sampled(bytes: Buffer, length: number, disclosure: Disclosure): NonNullable<CellEvidence['clientBody']> {
  const readable = isUtf8(bytes.subarray(0, BODY)) || bytes.length > BODY;
  // It is cut behind the masking: half a secret would not be known again.
  const text = readable ? disclosure.text(bytes.toString()).slice(0, BODY) : bytes.toString('hex', 0, BODY);
  return { length, preview: text + (length > BODY ? '…' : '') };
}

function preview({ opcode, rsv, payload, length }: SeenFrame, disclosure: Disclosure): string {
  if (opcode === Opcode.close) {
    const { code, reason } = parseClosePayload(payload);
    return code === undefined ? '' : disclosure.text(`${code} ${reason}`.trim());
  }
  const start = payload.toString('latin1', 0, PREVIEW);
  const readable = rsv === 0 && (opcode === Opcode.text || isControl(opcode)) && /^[\x20-\x7e]*$/.test(start);
  const text = readable ? disclosure.text(payload.toString()).slice(0, PREVIEW) : payload.toString('hex', 0, PREVIEW);
  return text + (length > PREVIEW ? '…' : '');
}

const ending = ({ how, detail }: Ending): CellEvidence['clientEnding'] => ({
  how,
  ...(detail === undefined ? {} : { detail }),
});

/** The first and last of the frames that went one way at one end. */
function ends(frames: readonly SeenFrame[]): readonly SeenFrame[] {
  return frames.length <= 2 * KEPT ? frames : [...frames.slice(0, KEPT), ...frames.slice(-KEPT)];
}

/**
 * The evidence as it stands in a report, and beside it the times, which differ in each run.
 * Frames are in order within a side and a direction: across them only the times tell, and these are not stable.
 */
export function reportEvidence(
  evidence: Evidence,
  disclosure: Disclosure,
): { evidence: CellEvidence; timeline: number[] } {
  const { originSaw, clientFrames, clientEnding, clientBody, clientBytes, clientViolation } = evidence;
  const started = evidence.originSaw?.arrivedAt ?? evidence.judgedAt;
  const frames: ReportedFrame[] = [];
  const timeline: number[] = [];
  for (const [side, seen] of [
    ['client', clientFrames],
    ['origin', originSaw?.frames ?? []],
  ] as const) {
    for (const way of ['sent', 'received'] as const) {
      for (const frame of ends(seen.filter((one) => one.way === way))) {
        const { fin, rsv, masked, length } = frame;
        const opcode = NAMES.get(frame.opcode) ?? String(frame.opcode);
        frames.push({ side, way, opcode, fin, rsv, masked, length, preview: preview(frame, disclosure) });
        timeline.push(Math.round((frame.at - started) * 10) / 10);
      }
    }
  }
  return {
    evidence: {
      sent: disclosure.head(evidence.sent),
      originSaw: originSaw ? disclosure.head(originSaw.head) : null,
      originReplied: evidence.originReplied ? disclosure.head(evidence.originReplied) : null,
      clientSaw: evidence.clientSaw ? disclosure.head(evidence.clientSaw) : null,
      stamped: evidence.stamped,
      arrivals: evidence.arrivals,
      ...(originSaw?.upstream === undefined ? {} : { upstream: originSaw.upstream }),
      frames,
      ...(evidence.foreign ? { foreign: true } : {}),
      // The body of the origin's own answer says nothing that the views do not.
      ...(clientBody && !evidence.stamped
        ? { clientBody: sampled(clientBody.preview, clientBody.length, disclosure) }
        : {}),
      ...(clientBytes ? { clientBytes: sampled(clientBytes, clientBytes.length, disclosure) } : {}),
      ...(clientViolation === undefined ? {} : { clientViolation }),
      ...(originSaw?.violation === undefined ? {} : { originViolation: originSaw.violation }),
      ...(clientEnding ? { clientEnding: ending(clientEnding)! } : {}),
      ...(originSaw?.ending ? { originEnding: ending(originSaw.ending)! } : {}),
    },
    timeline,
  };
}
