import { TEST_LIMIT_MS } from './test/limits.mjs';

/** Absolute, for the threads and processes that tests start elsewhere with the same options. */
const plainExports = new URL('test/plainExports.mjs', import.meta.url).href;

export default {
  'node-option': ['import=tsx', `import=${plainExports}`],
  timeout: TEST_LIMIT_MS,
  extension: ['ts'],
};
