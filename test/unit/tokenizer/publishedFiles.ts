import { BYTE_TOKEN_COUNT, bytesInTokenOrder } from '../../../src/core/tokenizer/byteAlphabet';
import { GPT2_MERGES_BASE64 } from '../../../src/core/tokenizer/generated/gpt2Merges';
import { MergeTable } from '../../../src/core/tokenizer/mergeTable';

/** GPT-2's tokenizer files, rebuilt from the tables that the program ships. */
export interface PublishedFiles {
  readonly vocabJson: string;
  readonly mergesTxt: string;
  readonly tokenizerJson: string;
}

const ADDED_TOKEN =
  '{"id":50256,"special":true,"content":"<|endoftext|>","single_word":false,"lstrip":false,"rstrip":false,"normalized":true}';
const FILE_START = '{"version":"1.0","truncation":null,"padding":null,"added_tokens":[';
const PIPELINE =
  '],"normalizer":null,' +
  '"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true},' +
  '"post_processor":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":false},' +
  '"decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true},' +
  '"model":{"dropout":null,"unk_token":null,"continuing_subword_prefix":"","end_of_word_suffix":"","fuse_unk":false,"vocab":';

export function rebuildPublishedFiles(): PublishedFiles {
  const merges = MergeTable.fromBase64(GPT2_MERGES_BASE64);
  const spelled = byteCharactersInTokenOrder();
  const mergeLines: string[] = [];
  for (let id = BYTE_TOKEN_COUNT; id < merges.tokenCount; id++) {
    const left = spelled[merges.leftOf(id)] ?? '';
    const right = spelled[merges.rightOf(id)] ?? '';
    mergeLines.push(`${left} ${right}`);
    spelled.push(left + right);
  }
  const names = [...spelled, '<|endoftext|>'].map((name) => JSON.stringify(name));
  const vocabulary = `{${names.map((name, id) => `${name}:${id}`).join(',')}}`;
  return {
    vocabJson: escapeNonAscii(`{${names.map((name, id) => `${name}: ${id}`).join(', ')}}`),
    mergesTxt: ['#version: 0.2', ...mergeLines, ''].join('\n'),
    tokenizerJson: `${FILE_START}${ADDED_TOKEN}${PIPELINE}${vocabulary},"merges":${JSON.stringify(mergeLines)}}}`,
  };
}

/** The same tokenizer without `<|endoftext|>` as an added token: Hugging Face's libraries always split at those. */
export function withoutSpecialTokens(tokenizerJson: string): string {
  return tokenizerJson.replace(ADDED_TOKEN, '');
}

/** GPT-2's printable stand-ins: bytes invisible in Latin-1 are U+0100, U+0101 and so on, in ascending order. */
function byteCharactersInTokenOrder(): string[] {
  return Array.from(bytesInTokenOrder(), (byte, id) =>
    String.fromCharCode(id < FIRST_INVISIBLE_ID ? byte : BYTE_TOKEN_COUNT + id - FIRST_INVISIBLE_ID),
  );
}

/** 94 visible characters of ASCII, 12 and 82 of Latin-1. */
const FIRST_INVISIBLE_ID = 94 + 12 + 82;

function escapeNonAscii(text: string): string {
  return text.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
