import { defineMutant } from './mutant.ts';

/** Still has the refusal in its buffer when the next request comes. */
export default defineMutant('says-it-again', { 'rejection/reuse': 'connection-out-of-step' }, () => {
  const said = new WeakMap<object, Buffer>();
  return {
    answer: (bytes, { client }) => {
      said.set(client, bytes);
      client.write(bytes);
    },
    intercept: (_, client) => {
      const again = said.get(client);
      if (again) client.write(again);
      return again !== undefined;
    },
  };
});
