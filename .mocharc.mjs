import { TEST_LIMIT_MS } from './test/limits.mjs';

export default { 'node-option': ['import=tsx'], timeout: TEST_LIMIT_MS, extension: ['ts'] };
