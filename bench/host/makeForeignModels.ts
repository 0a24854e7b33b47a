// node --import tsx bench/host/makeForeignModels.ts <folder>: writes models whose tokenizer.json files are as large as may be, or hold
// patterns that are hard to search for; prints how many bytes each file has.
import fs from 'node:fs';
import path from 'node:path';
import { MAX_TOKENIZER_BYTES } from '../../src/model/tokenizers/readTokenizerFile';
import { embeddingTensor, safetensorsBytes } from '../../test/fixtures/checkpoints/safetensorsBytes';
import { largeTokenizerJson } from '../../test/fixtures/tokenizers/largeTokenizer';
import { splittingTokenizerJson } from '../../test/fixtures/tokenizers/splittingTokenizer';
import { tokenizerJson } from '../../test/fixtures/tokenizers/tokenizerStyles';
import { FOREIGN_PATTERNS } from './foreignPatterns';

const [target = ''] = process.argv.slice(2);

/** Tokens and merges that make a file of nearly the greatest length. */
const LARGE_TOKENS = 1_300_000;
const LARGE_MERGES = 2_900_000;

function write(name: string, tokenizer: string | Buffer): void {
  const folder = path.join(target, name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'tokenizer.json'), tokenizer);
  const checkpoint = safetensorsBytes([embeddingTensor('wte.weight', 'F32', 512, 8)]);
  fs.writeFileSync(path.join(folder, 'model.safetensors'), checkpoint);
  console.log(`${name}: ${String(Buffer.byteLength(tokenizer))}`);
}

write('large', JSON.stringify(largeTokenizerJson(LARGE_TOKENS, LARGE_MERGES)));
write('deep', Buffer.alloc(MAX_TOKENIZER_BYTES, '['));
write('objects', Buffer.alloc(MAX_TOKENIZER_BYTES, '{},'));
for (const style of ['llama3', 'gemma'] as const) {
  write(style, JSON.stringify(tokenizerJson(style)));
}
for (const [name, { pattern }] of Object.entries(FOREIGN_PATTERNS)) {
  write(name, JSON.stringify(splittingTokenizerJson(pattern)));
}
