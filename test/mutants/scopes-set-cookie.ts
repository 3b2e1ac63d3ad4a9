import { defineMutant, withFields } from './mutant.ts';

/** `ProxyPassReverseCookiePath`: cookies are to be sent to the path of the WebSocket only. */
export default defineMutant(
  'scopes-set-cookie',
  { 'headers/set-cookie': 'set-cookie-changed' },
  {
    response: (head) =>
      withFields(head, (fields) => fields.map(([name, value]) => [name, value.replace('Path=/', 'Path=/ws')])),
  },
);
