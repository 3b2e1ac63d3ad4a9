import { defineMutant } from './mutant.ts';

/** The port of something else. */
export default defineMutant(
  'speaks-another-protocol',
  { 'handshake/upgrade': 'answer-garbled' },
  {
    intercept: (_, client) => {
      client.write(Buffer.from('220 mail.example ESMTP\r\n500 unrecognized command\r\n\r\n'));
      return true;
    },
  },
);
