import { defineMutant } from './mutant.ts';

/** Takes the tunnel for text, as FTP once did: every LF is to have a CR before it. */
export default defineMutant(
  'translates-line-ends',
  { 'messages/binary': 'messages-altered' },
  {
    upFrame: (frame, pass) => {
      const payload = Buffer.from(frame.payload.toString('latin1').replace(/\n/g, '\r\n'), 'latin1');
      pass({ ...frame, payload });
    },
  },
);
