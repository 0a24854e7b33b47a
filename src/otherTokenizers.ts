// Entry of a bundle of its own: tokenizers other than GPT-2's with the language of their patterns, loaded with the first of them.
export { makeTokenizer } from './model/tokenizers/makeTokenizer';
