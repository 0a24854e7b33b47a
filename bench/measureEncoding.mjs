// node measureEncoding.mjs texts <folder> <project>: writes the texts and a tokenizer.json.
// node measureEncoding.mjs <encoder> <folder> <project>: one fresh process; milliseconds for each text, and the tokens.
// node measureEncoding.mjs documents <folder> <project>: one keystroke in a document of a megabyte.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { encodingTexts, nucleotides } from './encodingTexts.mjs';
import { measureKeystrokes } from './measureKeystrokes.mjs';
import { summarize } from './statistics.mjs';
import { rebuildPublishedFiles, withoutSpecialTokens } from '../test/unit/tokenizer/publishedFiles';

const KINDS = ['prose', 'code', 'languages'];
/** Rounds over the texts of one kind, behind the first text, which only warms up; slow encoders are asked less often. */
const ROUNDS = 3;
const LONGEST_MILLISECONDS = 5_000;

const [what, folder, project] = process.argv.slice(2);
const results = { texts: writeTexts, documents: measureDocuments }[what] ?? measureEncoder;
console.log(JSON.stringify(await results()));

async function ours() {
  const { Gpt2Tokenizer } = await import('../src/core/tokenizer/gpt2Tokenizer');
  return Gpt2Tokenizer.shared();
}

async function writeTexts() {
  fs.mkdirSync(folder, { recursive: true });
  const texts = encodingTexts(await ours(), project);
  for (const kind of KINDS) {
    fs.writeFileSync(path.join(folder, `${kind}.json`), JSON.stringify(texts[kind]));
  }
  const { tokenizerJson } = rebuildPublishedFiles();
  fs.writeFileSync(path.join(folder, 'tokenizer.json'), withoutSpecialTokens(tokenizerJson));
  return Object.fromEntries(
    KINDS.map((kind) => [kind, texts[kind].reduce((sum, text) => sum + Buffer.byteLength(text), 0)]),
  );
}

function readTexts(kind) {
  return JSON.parse(fs.readFileSync(path.join(folder, `${kind}.json`), 'utf8'));
}

/** Megabytes of UTF-8 a second for each kind of text, the tokens of the first text, and a digest of the ids of the first two. */
async function measureEncoder() {
  const encode = await encoderOf(what);
  const start = performance.now();
  const results = {};
  for (const [place, kind] of KINDS.entries()) {
    const isTooLong = () => performance.now() - start > LONGEST_MILLISECONDS * (1 + place);
    const texts = readTexts(kind);
    const megabytes = texts.map((text) => Buffer.byteLength(text) / 1e6);
    const digest = createHash('sha256');
    const ids = await encode(texts[0]);
    digest.update(Uint32Array.from(ids));
    const speeds = [];
    for (let turn = 0; turn < ROUNDS * (texts.length - 1); turn++) {
      // All encode the first two texts, which the digest is of.
      if (turn > 0 && isTooLong()) {
        break;
      }
      const i = 1 + (turn % (texts.length - 1));
      const begin = performance.now();
      const found = await encode(texts[i]);
      speeds.push((megabytes[i] * 1000) / (performance.now() - begin));
      if (turn === 0) {
        digest.update(Uint32Array.from(found));
      }
    }
    const { min, median } = summarize(speeds);
    results[kind] = {
      slowest: min,
      median,
      fastest: Math.max(...speeds),
      bytesPerToken: (megabytes[0] * 1e6) / ids.length,
      digest: digest.digest('hex'),
    };
  }
  return results;
}

async function encoderOf(name) {
  const require = createRequire(path.join(project, 'bench', 'package.json'));
  if (name === 'tiktoken') {
    const encoding = require('tiktoken').get_encoding('gpt2');
    return (text) => encoding.encode_ordinary(text);
  }
  if (name === 'gpt-tokenizer') {
    const { encode } = await import('gpt-tokenizer/encoding/r50k_base');
    const options = { disallowedSpecial: new Set() };
    return (text) => encode(text, options);
  }
  if (name === '@huggingface/tokenizers') {
    const { Tokenizer } = await import('@huggingface/tokenizers');
    const json = JSON.parse(fs.readFileSync(path.join(folder, 'tokenizer.json'), 'utf8'));
    const tokenizer = new Tokenizer(json, {});
    return (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
  }
  if (name === 'tokenizers') {
    // Hugging Face's library in Rust. Encoding is asynchronous there: a thread of its own does it, while this one waits.
    const { Tokenizer } = require('tokenizers');
    const tokenizer = Tokenizer.fromFile(path.join(folder, 'tokenizer.json'));
    return async (text) => (await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds();
  }
  const tokenizer = await ours();
  return (text) => tokenizer.encode(text);
}

async function measureDocuments() {
  const texts = Object.fromEntries(KINDS.map((kind) => [kind, readTexts(kind)[0]]));
  return measureKeystrokes(await ours(), { ...texts, nucleotides: nucleotides() });
}
