import { loadTokenizerBy, type LoadTokenizer } from './loadTokenizerBy';
import { makeTokenizer } from './makeTokenizer';
import { readTokenizerFile } from './readTokenizerFile';

/** Loads in this thread, which it blocks. */
export const loadTokenizer: LoadTokenizer = loadTokenizerBy({ read: readTokenizerFile, make: makeTokenizer });
