import { defineMutant } from './mutant.ts';
import { answerItself } from './relay.ts';

/** `proxy_intercept_errors on`, `ProxyErrorOverride On`. */
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
      else answerItself(client, `${response!.status} ${response!.reason}`, '<h1>Something went wrong</h1>');
    },
  },
);
