import assert from 'node:assert/strict';
import { ChunkList } from '../../../src/core/tokenizer/document/chunkList';
import { ChunkSizes, DOCUMENT_CHUNKS } from '../../../src/core/tokenizer/document/cutText';
import { DocumentTokens } from '../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import type { RunSeams } from '../../../src/core/tokenizer/runSeams';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { seededRandom } from '../../fixtures/checkpoints/seededRandom';
import { EditedText } from './seededEdits';
import { seededTexts } from './seededTexts';

const tokenizer = Gpt2Tokenizer.shared();
const MEGABYTE = 1_000_000;

/** Counts the UTF-16 units that it is asked to tokenize. */
class CountingTokenizer implements Tokenizer {
  readonly name = 'counting';
  readonly vocabularySize = tokenizer.vocabularySize;
  readonly seams?: RunSeams;
  private units = 0;

  /** @param seams Without them a run stays in one piece. */
  constructor(seams?: RunSeams) {
    if (seams) {
      this.seams = seams;
    }
  }

  /** UTF-16 units since the last question. */
  take(): number {
    const { units } = this;
    this.units = 0;
    return units;
  }

  encode(text: string): number[] {
    return tokenizer.encode(this.counted(text));
  }

  encodeWithOffsets(text: string): ReturnType<Tokenizer['encodeWithOffsets']> {
    return tokenizer.encodeWithOffsets(this.counted(text));
  }

  countTokens(text: string): number {
    return tokenizer.countTokens(this.counted(text));
  }

  nextCut(text: string, from: number, limit: number): number {
    return tokenizer.nextCut(text, from, limit);
  }

  decode(ids: readonly number[]): string {
    return tokenizer.decode(ids);
  }

  hasToken(id: number): boolean {
    return tokenizer.hasToken(id);
  }

  tokenBytes(id: number): Uint8Array {
    return tokenizer.tokenBytes(id);
  }

  private counted(text: string): string {
    this.units += text.length;
    return text;
  }
}

const prose = (): string => 'It was the best of times, it wasn’t the worst of times. '.repeat(MEGABYTE / 56);
const minified = (): string => {
  const random = seededRandom(3);
  let text = '';
  while (text.length < MEGABYTE) {
    text += `{"id":${Math.floor(random() * 1e6)},"name":"n${Math.floor(random() * 1e9).toString(36)}","ok":true},`;
  }
  return text;
};
const base64 = (): string => {
  const random = seededRandom(4);
  return Array.from({ length: MEGABYTE / 10 }, () => Math.floor(random() * 36 ** 9).toString(36)).join('');
};
const apostrophes = (): string => "' '' 's".repeat(MEGABYTE / 7);
const mixed = (): string => [...seededTexts(MEGABYTE / 40, 33)].join('');

describe('The effort of an edit', () => {
  for (const [name, make] of Object.entries({ prose, minified, base64, apostrophes, mixed })) {
    it(`in a megabyte of ${name} text is tokenizing some kilobytes`, () => {
      const text = make();
      const counting = new CountingTokenizer();
      const document = new DocumentTokens(counting, text);
      document.advance();
      assert.equal(counting.take(), text.length);
      const random = seededRandom(5);
      let offset = text.length >> 1;
      for (let i = 0; i < 400; i++) {
        if (i % 20 === 0) {
          offset = Math.floor(random() * (document.length - 10));
        }
        const deletes = i % 7 === 6;
        document.apply([{ offset, length: deletes ? 1 : 0, text: deletes ? '' : "ab c'".charAt(i % 5) }]);
        offset += deletes ? 0 : 1;
        document.advance();
        const keystroke = counting.take();
        assert.ok(keystroke > 0 && keystroke <= 6_000, `${keystroke} units at ${offset}`);

        const start = Math.max(0, offset - 2_500);
        const end = Math.min(document.length, start + 5_000);
        document.tokensIn(start, end);
        const visible = counting.take();
        assert.ok(visible <= 16_000, `${visible} units for the visible range`);
        document.tokensIn(start, end);
        assert.equal(counting.take(), 0, 'What is visible is kept');
        document.countAlone(7, document.length - 7);
        const selection = counting.take();
        assert.ok(selection <= 8_000, `${selection} units for a selection`);
      }
    });
  }

  it('stays small in what is left of a long text by thousands of deletions', () => {
    const counting = new CountingTokenizer();
    const document = new DocumentTokens(counting, prose().slice(0, 400_000));
    const random = seededRandom(6);
    while (document.length > 2_000) {
      document.advance();
      const length = 1 + Math.floor(random() * 900);
      document.apply([{ offset: Math.floor(random() * (document.length - length)), length, text: '' }]);
    }
    counting.take();
    document.advance();
    assert.ok(counting.take() < 6_000);
  });
});

describe('The effort in a megabyte that has no cuts', () => {
  const runs: Readonly<Record<string, string>> = {
    nucleotides: 'ACGT',
    letters: 'abcdefghijklmnopqrstuvwxyz',
    digits: '0123456789',
    'Chinese characters': '日本語長文山川田人大小中上下',
    emoji: '🍌🍎🍇',
    signs: '+-=/*#',
    'white space': ' \t',
  };

  for (const [name, characters] of Object.entries(runs)) {
    it(`is small for a keystroke, a screen and a selection, of ${name}`, () => {
      const random = seededRandom(9);
      const all = Array.from(characters);
      const pick = <Item>(items: readonly Item[]): Item | undefined =>
        items[Math.floor(random() * items.length)];
      // Of 2,000 pieces, in any order: a megabyte of single picks takes longer than all that is tested.
      const pieces = Array.from({ length: 2_000 }, () =>
        Array.from({ length: 50 }, () => pick(all)).join(''),
      );
      const parts = Array.from({ length: MEGABYTE / 50 }, () => pick(pieces));
      const text = parts.join('').slice(0, MEGABYTE);
      const counting = new CountingTokenizer(tokenizer.seams);
      const document = new DocumentTokens(counting, text);
      assert.equal(tokenizer.nextCut(text, 0, text.length), -1);
      document.advance();
      const opening = counting.take();
      assert.ok(opening < 1.6 * MEGABYTE, `${opening} units`);
      let offset = MEGABYTE >> 1;
      for (let i = 0; i < 120; i++) {
        if (i % 12 === 0) {
          offset = Math.floor((random() * document.length) / 2) * 2;
        }
        document.apply([
          { offset, length: i % 7 === 6 ? 2 : 0, text: i % 7 === 6 ? '' : (all[i % all.length] ?? '') },
        ]);
        const kept = document.prepareNext();
        assert.ok(kept <= 4_096, `${kept} units at a stretch`);
        document.advance();
        const keystroke = counting.take();
        assert.ok(keystroke <= 24_000, `${keystroke} units at ${offset}`);
        const start = Math.max(0, offset - 2_500);
        document.tokensIn(start, Math.min(document.length, start + 5_000));
        const visible = counting.take();
        assert.ok(visible <= 16_000, `${visible} units for the visible range`);
        document.countAlone(2 * (i % 50), document.length - 2 * (i % 60));
        const selection = counting.take();
        assert.ok(selection <= 24_000, `${selection} units for a selection`);
      }
    });
  }

  for (const character of ['a', "'"]) {
    it(`comes in steps where all tokens of a run of ${character} move by one place`, () => {
      const counting = new CountingTokenizer(tokenizer.seams);
      const document = new DocumentTokens(counting, character.repeat(MEGABYTE));
      document.advance();
      counting.take();
      document.apply([{ offset: 5, length: 0, text: character }]);
      let steps = 0;
      while (!document.advance(() => false)) {
        const step = counting.take();
        assert.ok(step <= 40_000, `${step} units in a step`);
        steps++;
      }
      assert.ok(steps > 100);
      assert.equal(document.count, tokenizer.countTokens(character.repeat(MEGABYTE + 1)));
    });
  }
});

describe('The effort of looking at a place', () => {
  it('is nothing the second time, also beside a pre-token longer than all that is kept', () => {
    const counting = new CountingTokenizer();
    const before = prose().slice(0, 50_000);
    const document = new DocumentTokens(counting, `${before}${'a'.repeat(300_000)} ${before}`);
    document.advance();
    for (const place of [50_000, 350_000]) {
      document.tokensIn(place - 2_500, place + 2_500);
      counting.take();
      document.tokensIn(place - 2_500, place + 2_500);
      assert.equal(counting.take(), 0);
    }
  });
});

describe('ChunkList', () => {
  it('has neither crumbs nor heaps after thousands of changes', () => {
    const sizes = new ChunkSizes(64);
    for (let seed = 300; seed < 310; seed++) {
      const edited = new EditedText('', seededRandom(seed), 20_000, seed);
      const chunks = new ChunkList(tokenizer, '', sizes);
      for (let i = 0; i < 500; i++) {
        for (const { offset, length, text } of edited.change()) {
          chunks.replace(offset, length, text);
        }
      }
      let joined = '';
      for (let i = 0; i < chunks.size; i++) {
        const text = chunks.at(i)?.text ?? '';
        joined += text;
        const next = chunks.at(i + 1)?.text;
        if (next !== undefined && text.length < sizes.shortest) {
          assert.ok(next.length >= sizes.shortest, `chunks of ${text.length} and ${next.length} units`);
        }
        if (text.length > sizes.longest) {
          const cut = tokenizer.nextCut(text, sizes.target, text.length - sizes.shortest);
          assert.equal(cut, -1, `${text.length} units are not cut at ${cut}`);
        }
      }
      assert.equal(joined, edited.text);
      assert.equal(chunks.slice(3, joined.length - 5), joined.slice(3, -5));
    }
  });

  it('finds the chunk of each offset, in any order', () => {
    const text = prose().slice(0, 50_000);
    const chunks = new ChunkList(tokenizer, text, DOCUMENT_CHUNKS);
    const random = seededRandom(8);
    for (let i = 0; i < 2_000; i++) {
      const offset = i === 0 ? text.length : Math.floor(random() * (text.length + 1));
      const { index, start } = chunks.locate(offset);
      let expected = 0;
      for (let before = 0; before < index; before++) {
        expected += chunks.at(before)?.length ?? 0;
      }
      assert.equal(start, expected);
      assert.ok(start <= offset);
      assert.ok(offset < start + (chunks.at(index)?.length ?? 0) || offset === text.length);
    }
  });
});
