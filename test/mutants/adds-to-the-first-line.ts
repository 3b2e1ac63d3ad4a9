import { defineMutant, withFields } from './mutant.ts';

/** Appends the client's address to the first line of X-Forwarded-For that it finds. */
export default defineMutant(
  'adds-to-the-first-line',
  { 'headers/forwarding-lines': 'field-lines-interrupted' },
  {
    request: (head) => {
      const first = head.fields.find(([name]) => name.toLowerCase() === 'x-forwarded-for');
      return withFields(head, (fields) =>
        fields.map((field) => (field === first ? [field[0], `${field[1]}, 127.0.0.1`] : field)),
      );
    },
  },
);
