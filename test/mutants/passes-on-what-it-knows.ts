import { defineMutant, withFields } from './mutant.ts';

/** Drops fields of the request that no registry has, but for those of this tester. */
export default defineMutant(
  'passes-on-what-it-knows',
  { 'headers/request-fields': 'request-field-dropped' },
  { request: (head) => withFields(head, (fields) => fields.filter(([name]) => !/^X-(?!Wsproof)/i.test(name))) },
);
