import type { CellEvidence, ReportedFrame, ReportedHead } from '../../src/report/document.ts';

const request = (fields: [string, string][], version = 'HTTP/1.1'): ReportedHead => ({
  start: `GET /?nonce=NONCE ${version}`,
  fields,
});

const HANDSHAKE: [string, string][] = [
  ['Host', 'PROXY'],
  ['Upgrade', 'websocket'],
  ['Connection', 'Upgrade'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ['Sec-WebSocket-Version', '13'],
  ['Authorization', 'Bearer <masked A, 24 bytes>'],
  ['X-Wsproof-Nonce', 'NONCE'],
];

/** A plain request came to the origin. */
export const DROPPED: CellEvidence = {
  sent: request(HANDSHAKE),
  originSaw: request([
    ['Host', 'origin:9000'],
    ['Connection', 'close'],
    ['sec-websocket-key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['Sec-WebSocket-Version', '13'],
    ['Authorization', 'Bearer <masked A, 24 bytes>'],
    ['X-Wsproof-Nonce', 'NONCE'],
    ['X-Forwarded-For', '127.0.0.1'],
  ]),
  originReplied: {
    start: 'HTTP/1.1 426 Upgrade Required',
    fields: [
      ['Content-Type', 'application/json'],
      ['Content-Length', '312'],
      ['X-Wsproof-Origin', 'STAMP'],
    ],
  },
  clientSaw: {
    start: 'HTTP/1.1 426 Upgrade Required',
    fields: [
      ['Server', 'nginx/1.30.6'],
      ['Date', '<date>'],
      ['Content-Type', 'application/json'],
      ['Content-Length', '312'],
      ['X-Wsproof-Origin', 'STAMP'],
    ],
  },
  stamped: true,
  arrivals: 1,
  frames: [],
  clientEnding: { how: 'fin' },
  originEnding: { how: 'fin' },
};

const frame = (
  side: 'client' | 'origin',
  way: 'sent' | 'received',
  opcode: string,
  preview: string,
): ReportedFrame => ({
  side,
  way,
  opcode,
  fin: true,
  rsv: 0,
  masked: (side === 'client') === (way === 'sent'),
  length: preview.length,
  preview,
});

/** Another close code came than was sent. */
export const CUT: CellEvidence = {
  sent: request(HANDSHAKE),
  originSaw: request(HANDSHAKE),
  originReplied: { start: 'HTTP/1.1 101 Switching Protocols', fields: [['Upgrade', 'websocket']] },
  clientSaw: { start: 'HTTP/1.1 101 Switching Protocols', fields: [['Upgrade', 'websocket']] },
  stamped: true,
  arrivals: 1,
  frames: [
    frame('client', 'sent', 'text', 'hello'),
    frame('client', 'received', 'text', 'hello'),
    frame('client', 'received', 'close', '1011 upstream error'),
    frame('origin', 'sent', 'text', 'hello'),
    frame('origin', 'sent', 'close', '4404 gone'),
    frame('origin', 'received', 'text', 'hello'),
  ],
  clientEnding: { how: 'fin' },
  originEnding: { how: 'rst', detail: 'ECONNRESET' },
};

/** The times of {@link CUT}'s frames. */
export const CUT_TIMELINE = [1.2, 3.4, 14.1, 2.9, 12.8, 2.1];
