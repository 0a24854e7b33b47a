import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { jsonToken } from '../../../src/core/tokenLists/jsonToken';
import { pythonToken } from '../../../src/core/tokenLists/pythonToken';
import { formatTokenLists, type TokenListFormat } from '../../../src/core/tokenLists/tokenListFormat';

const tokenizer = Gpt2Tokenizer.shared();
const ALL_IDS = Array.from({ length: tokenizer.vocabularySize }, (_, id) => id);
const bytesOf = (id: number): Uint8Array => tokenizer.tokenBytes(id);
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bytes that no vocabulary has to hold, but that a literal must survive. */
const HARD_TOKENS: readonly Uint8Array[] = [
  ascii(''),
  ascii(`'`),
  ascii(`"`),
  ascii(`'"`),
  ascii('\\'),
  ascii('\\n'),
  ascii('\r\n\t\0\x07\x7f'),
  utf8('\u0085\u00a0\u00ad\u200b\u202e\u2028\u2029\ufeff\ufffd'),
  utf8('\u{1f600}\u{e0001}\u{f0000}\u{10ffff}'),
  Uint8Array.of(0xe6),
  Uint8Array.of(0x20, 0xe6, 0x97),
  Uint8Array.of(0xff, 0x27, 0x22, 0x5c, 0x0a, 0x00),
  // What looks like UTF-8 but is not: a surrogate, an overlong form, a code point beyond the last.
  Uint8Array.of(0xed, 0xa0, 0x80),
  Uint8Array.of(0xc0, 0xaf),
  Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
];

/** The tokens' bytes in hexadecimal, as Python reads the list; undefined where there is no Python 3. */
function readByPython(list: string): readonly string[] | undefined {
  const program = [
    'import ast, json, sys',
    'tokens = ast.literal_eval(sys.stdin.buffer.read().decode("utf-8"))',
    'print(json.dumps([(t if isinstance(t, bytes) else t.encode("utf-8")).hex() for t in tokens]))',
  ].join('\n');
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', program], {
    input: list,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error) {
    return undefined;
  }
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as string[];
}

function readByJson(list: string): string[] {
  const tokens = JSON.parse(list) as (string | number[])[];
  return tokens.map((token) => hexadecimal(typeof token === 'string' ? utf8(token) : Uint8Array.from(token)));
}

const hexadecimal = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function listOf(format: TokenListFormat, ...ids: number[]): string {
  return formatTokenLists([ids], format, bytesOf);
}

describe('lists of tokens', () => {
  it('give ids as JSON and Python write lists', () => {
    assert.equal(listOf('ids', 3820, 2271), '[3820, 2271]');
    assert.equal(listOf('ids'), '[]');
  });

  it('give one text a list, several a list of lists, none an empty one', () => {
    assert.equal(formatTokenLists([[1], [2, 3]], 'ids', bytesOf), '[\n  [1],\n  [2, 3]\n]');
    assert.deepEqual(JSON.parse(formatTokenLists([[25996], []], 'json', bytesOf)), [[' banana'], []]);
    assert.equal(formatTokenLists([], 'python', bytesOf), '[]');
  });

  it('give JSON whole characters as a string, and a part of one as its byte values', () => {
    const ids = tokenizer.encode('a 語');
    assert.deepEqual(JSON.parse(listOf('json', ...ids)), ['a', [0x20, 0xe8], [0xaa], [0x9e]]);
  });

  it('give Python whole characters as str, and a part of one as bytes', () => {
    assert.equal(
      listOf('python', ...tokenizer.encode("it's 語")),
      `['it', "'s", b' \\xe8', b'\\xaa', b'\\x9e']`,
    );
  });

  it('give JSON every token of GPT-2 exactly', () => {
    assert.deepEqual(
      readByJson(listOf('json', ...ALL_IDS)),
      ALL_IDS.map((id) => hexadecimal(bytesOf(id))),
    );
  });

  it('give JSON the bytes of every hard token', () => {
    const list = `[${HARD_TOKENS.map(jsonToken).join(', ')}]`;
    assert.deepEqual(readByJson(list), HARD_TOKENS.map(hexadecimal));
  });

  it('give Python every token of GPT-2 exactly', function () {
    const read = readByPython(listOf('python', ...ALL_IDS));
    if (!read) {
      this.skip();
    }
    assert.deepEqual(
      read,
      ALL_IDS.map((id) => hexadecimal(bytesOf(id))),
    );
  });

  it('give Python the bytes of every hard token', function () {
    const read = readByPython(`[${HARD_TOKENS.map(pythonToken).join(', ')}]`);
    if (!read) {
      this.skip();
    }
    assert.deepEqual(read, HARD_TOKENS.map(hexadecimal));
  });

  it('quote as Python does, and write nothing that cannot be seen', () => {
    assert.deepEqual(
      [`it's`, `"`, `'"`, 'a\\b', '\n\r\t', '\u00a0\u200b\u{e0001}'].map((text) => pythonToken(utf8(text))),
      [`"it's"`, `'"'`, `'\\'"'`, `'a\\\\b'`, `'\\n\\r\\t'`, `'\\xa0\\u200b\\U000e0001'`],
    );
    assert.equal(jsonToken(utf8('\u00a0\u200b\u{e0001}')), '"\\u00a0\\u200b\\udb40\\udc01"');
  });
});
