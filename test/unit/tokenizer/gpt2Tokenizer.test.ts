import assert from 'node:assert/strict';
import { END_OF_TEXT_ID, Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { seededTexts } from './seededTexts';

const tokenizer = Gpt2Tokenizer.shared();
const textOf = (id: number): string => tokenizer.decode([id]);

describe('Gpt2Tokenizer', () => {
  it('splits the words of the lesson', () => {
    assert.deepEqual(tokenizer.encode('banana').map(textOf), ['ban', 'ana']);
    assert.deepEqual(tokenizer.encode('apple').map(textOf), ['apple']);
    assert.deepEqual(tokenizer.encode('cosmic').map(textOf), ['cos', 'mic']);
    assert.deepEqual(tokenizer.encode(' banana'), [25996]);
  });

  it('treats U+FEFF as no white space and U+0085 as white space', () => {
    assert.deepEqual(tokenizer.encode('a \ufeffb'), [64, 27332, 119, 123, 65]);
    assert.deepEqual(tokenizer.encode('1\u0085 \u0085!'), [16, 126, 227, 220, 126, 227, 0]);
  });

  it('gives the published ids of a sentence', () => {
    // From the examples in the model's documentation.
    assert.deepEqual(tokenizer.encode('Hello world'), [15496, 995]);
    assert.deepEqual(tokenizer.encode(' Hello world'), [18435, 995]);
  });

  it('gives nothing for an empty text', () => {
    assert.deepEqual(tokenizer.encode(''), []);
    assert.deepEqual(tokenizer.encodeWithOffsets(''), { ids: [], offsets: [] });
    assert.equal(tokenizer.decode([]), '');
  });

  it('is one shared object with 50,257 tokens', () => {
    assert.equal(Gpt2Tokenizer.shared(), tokenizer);
    assert.equal(tokenizer.vocabularySize, 50_257);
    assert.equal(END_OF_TEXT_ID, tokenizer.vocabularySize - 1);
  });

  describe('special token', () => {
    const text = 'a<|endoftext|>  b<|endoftext|><|endoftext|>';

    it('is plain text unless it is asked for', () => {
      assert.ok(!tokenizer.encode(text).includes(END_OF_TEXT_ID));
      assert.deepEqual(tokenizer.encode(text, { special: false }), tokenizer.encode(text));
      assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
    });

    it('is id 50256 on request, and cuts the text around it', () => {
      const { ids, offsets } = tokenizer.encodeWithOffsets(text, { special: true });
      assert.deepEqual(ids, [64, 50256, 220, 275, 50256, 50256]);
      const pieces = ['a', '<|endoftext|>', ' ', ' b', '<|endoftext|>', '<|endoftext|>'];
      assert.deepEqual(
        offsets.map(([start, end]) => text.slice(start, end)),
        pieces,
      );
      assert.deepEqual(tokenizer.encode(text, { special: true }), ids);
      assert.equal(tokenizer.decode(ids), text);
    });
  });

  describe('offsets', () => {
    it('give a token inside a character the whole character', () => {
      const { ids, offsets } = tokenizer.encodeWithOffsets('x🍌é');
      assert.deepEqual(ids.length, 5);
      assert.deepEqual(offsets, [
        [0, 1],
        [1, 3],
        [1, 3],
        [1, 3],
        [3, 4],
      ]);
    });

    it('cover the text without gaps, in order, one for each id', () => {
      for (const text of seededTexts(2_000, 23)) {
        const { ids, offsets } = tokenizer.encodeWithOffsets(text);
        assert.equal(offsets.length, ids.length);
        let reached = 0;
        let lastStart = 0;
        for (const [start, end] of offsets) {
          assert.ok(start >= lastStart && start <= reached && end >= reached && end > start);
          reached = end;
          lastStart = start;
        }
        assert.equal(reached, text.length);
      }
    });

    it('count a lone surrogate as one unit', () => {
      assert.deepEqual(tokenizer.encodeWithOffsets('\ud800x').offsets, [
        [0, 1],
        [1, 2],
      ]);
    });
  });

  describe('decode', () => {
    it('gives every text back, with U+FFFD for lone surrogates', () => {
      for (const text of seededTexts(5_000, 24)) {
        const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
        assert.equal(tokenizer.decode(tokenizer.encode(text)), whole);
      }
    });

    it('keeps a byte order mark at the start', () => {
      assert.equal(tokenizer.decode(tokenizer.encode('\ufeffa')), '\ufeffa');
    });

    it('puts U+FFFD in place of a broken character', () => {
      const [lead = 0] = tokenizer.encode('🍌');
      assert.equal(tokenizer.decode([lead, 64]), '\ufffda');
    });

    it('refuses what is no token id', () => {
      for (const id of [-1, 50_257, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 32]) {
        assert.throws(() => tokenizer.decode([64, id]), RangeError, String(id));
        assert.throws(() => tokenizer.tokenBytes(id), RangeError, String(id));
      }
      assert.throws(() => tokenizer.tokenBytes(50_257), /50257 is not an integer from 0 to 50256/);
    });
  });

  describe('bytes', () => {
    it('of every token lead back to its id, and differ from those of all others', () => {
      const seen = new Set<string>();
      for (let id = 0; id < tokenizer.vocabularySize; id++) {
        const bytes = tokenizer.tokenBytes(id);
        assert.ok(bytes.length > 0);
        assert.equal(tokenizer.idOfBytes(bytes), id);
        seen.add(String.fromCharCode(...bytes));
      }
      assert.equal(seen.size, 50_257);
    });

    it('that are no token give undefined', () => {
      for (const text of ['', 'banana', '  banana', '🍌', 'a'.repeat(129), '<|endoftext|', 'a'.repeat(1e6)]) {
        assert.equal(tokenizer.idOfBytes(new TextEncoder().encode(text)), undefined, text.slice(0, 20));
      }
    });

    it('of a token are the caller’s own copy', () => {
      tokenizer.tokenBytes(50).fill(0);
      tokenizer.tokenBytes(END_OF_TEXT_ID).fill(0);
      assert.equal(textOf(50), 'S');
      assert.equal(textOf(END_OF_TEXT_ID), '<|endoftext|>');
    });
  });

  it('gives the same ids whether or not it has met the words before', () => {
    // More distinct words than the cache holds, so that entries are replaced and met again.
    const random = seededRandom(25);
    const words = Array.from({ length: 60_000 }, () => Math.floor(random() * 36 ** 6).toString(36));
    const forward = words.map((word) => tokenizer.encode(word));
    const fresh = new Gpt2Tokenizer();
    for (let i = words.length - 1; i >= 0; i -= 7) {
      assert.deepEqual(fresh.encode(words[i] ?? ''), forward[i]);
      assert.deepEqual(tokenizer.encode(words[i] ?? ''), forward[i]);
    }
  });
});
