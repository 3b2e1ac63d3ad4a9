/** Whether a test that needs this must not be skipped: `WSPROOF_REQUIRE=docker,browser`. */
export const isRequired = (what: 'docker' | 'compose' | 'browser'): boolean =>
  (process.env.WSPROOF_REQUIRE ?? '').split(',').includes(what);
