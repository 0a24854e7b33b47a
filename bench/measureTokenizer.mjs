// node measureTokenizer.mjs ours|gpt-tokenizer: one fresh process; time to the first word, then time a word.
import { seededRandom, summarize } from './statistics.mjs';

const WORDS = 20_000;
const ROUNDS = 9;

const start = performance.now();
const encode = await encoderOf(process.argv[2]);
const first = encode('banana');
const firstUse = performance.now() - start;
if (first.join() !== '3820,2271') {
  throw new Error(`banana became ${first}`);
}

const words = seededWords(WORDS);
const perWord = [];
let tokens = 0;
for (let round = 0; round < ROUNDS; round++) {
  // New words each round: what is measured is encoding, not a cache's answer.
  const fresh = words.map((word) => `${word}${String.fromCharCode(97 + round)}`);
  const begin = performance.now();
  for (const word of fresh) {
    tokens += encode(word).length;
  }
  perWord.push(((performance.now() - begin) * 1000) / WORDS);
}
console.log(JSON.stringify({ firstUse, microsecondsPerWord: summarize(perWord), tokens }));

async function encoderOf(name) {
  if (name === 'gpt-tokenizer') {
    const { encode: theirs } = await import('gpt-tokenizer/encoding/r50k_base');
    return theirs;
  }
  const { Gpt2Tokenizer } = await import('../src/core/tokenizer/gpt2Tokenizer');
  const tokenizer = Gpt2Tokenizer.shared();
  return (text) => tokenizer.encode(text);
}

/** Pronounceable words of two to four syllables. */
function seededWords(count) {
  const random = seededRandom(77);
  const pick = (letters) => letters[Math.floor(random() * letters.length)];
  const consonants = ['b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'st', 'tr', 'ch', 'v'];
  const vowels = ['a', 'e', 'i', 'o', 'u', 'ea', 'ou', 'ai'];
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(consonants) + pick(vowels)).join(''),
  );
}
