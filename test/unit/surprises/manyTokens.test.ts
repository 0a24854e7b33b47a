import assert from 'node:assert/strict';
import { RustOracle } from '../tokenizer/rustOracle';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { MAX_OF_A_KIND } from '../../../src/core/surprises/findSurprises';
import { found, marked } from './tokenized';

const HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const BASE64_LINE = 'MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi8G7xk2u3Zk1yYF4xQw8aB2cD3';

describe('words of many tokens', () => {
  it('are marked with their pieces', () => {
    const text = 'x.getElementsByTagNameNS(a)';
    const [surprise, ...others] = found(text, 'manyTokens');
    assert.deepEqual(others, []);
    assert.deepEqual(surprise && marked(text, [surprise]), ['getElementsByTagNameNS']);
    assert.equal(
      surprise?.message,
      '"getElementsByTagNameNS" falls into 7 tokens: get|E|lements|By|Tag|Name|NS',
    );
    assert.equal(surprise.fix, undefined);
  });

  it('are marked from the number of tokens on that the setting says', () => {
    // ban|ana, and ␣banana in a sentence.
    assert.deepEqual(marked('banana', found('banana', 'manyTokens', { manyTokens: 2 })), ['banana']);
    assert.deepEqual(found('banana', 'manyTokens', { manyTokens: 3 }), []);
    assert.deepEqual(found('a banana', 'manyTokens', { manyTokens: 2 }), []);
  });

  it('are found where an independent tokenizer counts so many tokens', async () => {
    const oracle = new RustOracle();
    const random = seededRandom(11);
    const parts = [
      'get',
      'Xml',
      'http',
      'Zqx',
      '_',
      '42',
      'ß',
      'Wörter',
      ' ',
      ' ',
      '(',
      '.',
      '\n',
      'kubectl',
    ];
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: 30 }, () => parts[Math.floor(random() * parts.length)]).join('');
      const { offsets } = await oracle.encode(text);
      const expected = [...text.matchAll(/[a-zäöüß0-9_]+/gi)]
        .filter(({ 0: word, index }) => {
          const count = offsets.filter(([from, to]) => from < index + word.length && to > index).length;
          return count >= 4 && /[^_]/.test(word);
        })
        .map(([word]) => word);
      assert.deepEqual(marked(text, found(text, 'manyTokens', { manyTokens: 4 })), expected, text);
    }
  });

  it('are the words of a sentence where its script has no spaces', () => {
    const text = '人工智能是计算机科学的一个分支。ภาษาไทยเป็นภาษา';
    const words = marked(text, found(text, 'manyTokens', { manyTokens: 5 }));
    assert.ok(words.length > 2, words.join());
    assert.ok(
      words.every((word) => word.length < 6),
      words.join(),
    );
  });

  it('hold the combining marks and joiners of their script', () => {
    for (const word of ['नमस्ते', 'می‌خواهم', 'ne\u0301e\u0301e\u0301e\u0301']) {
      assert.deepEqual(marked(`(${word})`, found(`(${word})`, 'manyTokens', { manyTokens: 4 })), [word]);
    }
  });

  it('are no lines of underscores, dashes or emoji', () => {
    assert.deepEqual(found(`${'_-'.repeat(50)} ${'👩‍💻'.repeat(9)}`, 'manyTokens', { manyTokens: 2 }), []);
  });
});

describe('runs of random characters', () => {
  it('are one mark each', () => {
    const text = `sha256 ${HASH} id 123e4567-e89b-12d3-a456-426614174000.`;
    const surprises = found(text, 'manyTokens');
    assert.deepEqual(marked(text, surprises), [HASH, '123e4567-e89b-12d3-a456-426614174000']);
    assert.match(surprises[0]?.message ?? '', /^These 64 characters fall into \d+ tokens: ␣e\|3\|b\|0/);
  });

  it('are one where they are wrapped into lines, with the shorter last one', () => {
    const blob = `${BASE64_LINE}\n${BASE64_LINE}\n${BASE64_LINE}\nabCd==`;
    const text = `-----BEGIN KEY-----\n${blob}\n-----END KEY-----\n`;
    assert.deepEqual(marked(text, found(text, 'manyTokens')), [blob]);
  });

  it('do not take the word in the line after them', () => {
    const text = `${HASH}\nbanana\n`;
    assert.deepEqual(marked(text, found(text, 'manyTokens')), [HASH]);
  });

  it('are no paths and no long names', () => {
    const text = 'src/core/surprises/invisible-characters/hardly-trained/tokens-of-the-document/index';
    assert.deepEqual(found(text, 'manyTokens'), []);
  });

  it('of a megabyte are found without walking it again and again', () => {
    const text = `${'aB3-/x9Q'.repeat(20_000)} ${'some-long-name/'.repeat(10_000)}`;
    // Tokens of a fixed length: the filter over all tokens would be what takes long.
    const surprises = found(text.slice(0, 60_000) + text.slice(-60_000), 'manyTokens');
    assert.equal(surprises.length, 1);
  });

  it('and other words are marked up to a number', () => {
    const text = 'getElementsByTagNameNS '.repeat(MAX_OF_A_KIND + 50);
    assert.equal(found(text, 'manyTokens').length, MAX_OF_A_KIND);
  });
});
