import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** `proxy_intercept_errors on` or `ProxyErrorOverride On`, with one page for whatever goes wrong. */
export default defineMutant(
  'shows-its-own-error-page',
  {
    'rejection/status': 'refusal-replaced',
    'rejection/chunked-refusal': 'refusal-replaced',
    'rejection/unsupported-version': 'refusal-replaced',
  },
  {
    answer: (bytes, { client, response }) => {
      if (response!.status < 400) client.write(bytes);
      else answerItself(client, '500 Internal Server Error', '<h1>Something went wrong</h1>');
    },
  },
);
