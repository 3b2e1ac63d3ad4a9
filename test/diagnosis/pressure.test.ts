import { withStart } from '../mutants/mutant.ts';
import { blamesNobody, finds } from './finding.ts';
import { frame, HANDSHAKE } from './hand-made.ts';

const asks = (scene: string) => withStart(HANDSHAKE, `GET /chat/room?nonce=n1&scene=${scene} HTTP/1.1`);
const MANY = 64 * 1024 * 1024;

finds('pressure', [
  [
    'buffers-without-limit',
    { sent: asks('flood'), clientPaused: true, clientBytesIn: 100, noted: { bytesOut: MANY } },
    'It took more than 48 MiB for the client, which read nothing',
  ],
  [
    'buffers-without-limit',
    { sent: asks('stall'), clientBytesOut: MANY, noted: { stalled: true, bytesIn: 100 } },
    'It took more than 48 MiB for the origin, which read nothing',
  ],
  ['lost-under-pressure', { sent: asks('flood'), clientBytesIn: 100, noted: { bytesOut: MANY }, kind: 'timeout' }],
  ['lost-under-pressure', { sent: asks('stall'), clientBytesOut: MANY, noted: { bytesIn: 100 }, kind: 'timeout' }],
  ['others-held-up', { kind: 'timeout', clientFrames: [frame('sent')], others: [{ sent: asks('flood'), open: true }] }],
]);

blamesNobody([
  [
    'a slow connection that is gone holds up nobody',
    { kind: 'timeout', clientFrames: [frame('sent')], others: [{ sent: asks('flood'), open: false }] },
    'messages-withheld',
  ],
]);
