import assert from 'node:assert/strict';
import type { DocumentToken, TextEdit } from '../../../../src/core/tokenizer/documentTokens';
import { Gpt2Tokenizer } from '../../../../src/core/tokenizer/gpt2Tokenizer';
import type { Tokenizer } from '../../../../src/core/tokenizer/tokenizer';
import type { Encoding } from '../../../../src/core/tokenizer/encoding';
import type { Steps } from '../../../../src/core/work/steps';
import {
  FollowedText,
  LARGEST_TEXT,
  LARGEST_UNCUT_TEXT,
} from '../../../../src/editor/documents/followedText';
import { TextBlocks, type TextSource } from '../../../../src/editor/documents/textBlocks';
import { WorkSlices } from '../../../../src/editor/work/workSlices';
import { seededRandom } from '../../../fixtures/checkpoints/seededRandom';
import { ManualTimers } from '../../engine/scriptedEngine';
import { plainTokenizer } from '../../tokenizer/plainTokenizer';

const GPT2 = Gpt2Tokenizer.shared();
/** GPT-2's tokens from a tokenizer that does not say where a text may be cut. */
const UNCUT = plainTokenizer(GPT2);
/** Units between two steps. */
const STEP = 1_000;

/** GPT-2's tokens from a tokenizer that cannot cut and works in steps; nothing long may be asked of it at a stretch. */
class SteppedTokenizer implements Tokenizer {
  readonly name = 'stepped';
  readonly vocabularySize = GPT2.vocabularySize;
  steps = 0;
  onStep: () => void = () => undefined;

  encode(text: string): number[] {
    return [...this.encodeWithOffsets(text).ids];
  }

  encodeWithOffsets(text: string): Encoding {
    assert.ok(text.length <= STEP, `${text.length} units at a stretch`);
    return GPT2.encodeWithOffsets(text);
  }

  *encodeInSteps(text: string): Steps<Encoding> {
    for (let at = 0; at < text.length; at += STEP) {
      this.steps++;
      this.onStep();
      yield;
    }
    return GPT2.encodeWithOffsets(text);
  }

  *countTokensInSteps(text: string): Steps<number> {
    return (yield* this.encodeInSteps(text)).ids.length;
  }

  decode(ids: readonly number[]): string {
    return GPT2.decode(ids);
  }

  hasToken(id: number): boolean {
    return GPT2.hasToken(id);
  }

  tokenBytes(id: number): Uint8Array {
    return GPT2.tokenBytes(id);
  }
}

/** Letters none of whose tokens ends with a character: nothing to be parted. */
const WHOLE = '怶'.repeat(20_000);

class EditedText implements TextSource {
  constructor(public content: string) {}

  length(): number {
    return this.content.length;
  }

  text(): string {
    return this.content;
  }

  slice(start: number, end: number): string {
    return this.content.slice(start, end);
  }

  apply({ offset, length, text }: TextEdit): void {
    this.content = this.content.slice(0, offset) + text + this.content.slice(offset + length);
  }
}

function follow(content: string, tokenizer: Tokenizer = GPT2) {
  const timers = new ManualTimers();
  const slices = new WorkSlices(timers);
  const source = new EditedText(content);
  const changes = { count: 0 };
  const tokenizers = { current: tokenizer };
  const text = new FollowedText(source, tokenizers, slices, timers, () => changes.count++);
  const edit = (...edits: TextEdit[]): void => {
    for (const one of edits) {
      source.apply(one);
    }
    text.edit(edits);
  };
  return { timers, slices, source, changes, tokenizers, text, edit };
}

/** The tokens that the whole text has. */
function expected(content: string): DocumentToken[] {
  const { ids, offsets } = GPT2.encodeWithOffsets(content);
  return ids.map((id, index) => ({ id, start: offsets[index]![0], end: offsets[index]![1], index }));
}

function inRange(content: string, start: number, end: number): DocumentToken[] {
  return expected(content).filter((token) => token.start < end && token.end > start);
}

describe('the text of an open document', () => {
  it('is tokenized not before the present event is over', () => {
    const { text, timers, source, changes } = follow('a banana');
    assert.deepEqual([text.state, text.progress, text.count], ['tokenizing', 0, undefined]);
    assert.equal(text.tokensIn(0, 8), undefined);
    timers.pass(1);
    assert.deepEqual([text.state, text.progress, text.count], ['complete', 1, 2]);
    assert.deepEqual(text.tokensIn(0, 8), expected(source.content));
    assert.equal(changes.count, 1);
    assert.equal(timers.count, 0, 'a timer is left');
  });

  it('may be edited before it is tokenized for the first time', () => {
    const { text, timers, source, edit } = follow('a banana');
    edit({ offset: 2, length: 6, text: 'cosmic ray' });
    timers.pass(1);
    assert.deepEqual(text.tokensIn(0, 100), expected(source.content));
  });

  it('has its tokens within an edit’s own event, and tells of it once', () => {
    const { text, timers, source, changes, edit } = follow('a banana, an apple');
    timers.pass(1);
    changes.count = 0;
    edit({ offset: 10, length: 2, text: 'the' }, { offset: 0, length: 1, text: 'One' });
    assert.equal(source.content, 'One banana, the apple');
    assert.equal(text.state, 'complete');
    assert.deepEqual(text.tokensIn(0, 100), expected(source.content));
    assert.equal(changes.count, 1);
    assert.equal(timers.count, 0);
  });

  it('starts anew where the edits are not all that has happened', () => {
    const { text, timers, source } = follow('one\ntwo\nthree');
    timers.pass(1);
    source.content = source.content.replaceAll('\n', '\r\n');
    text.edit([{ offset: 0, length: 0, text: '' }]);
    assert.equal(text.state, 'tokenizing');
    timers.pass(1);
    assert.equal(text.startCount, 2);
    assert.deepEqual(text.tokensIn(0, 100), expected(source.content));
  });

  it('starts anew where the edits are none of this text', () => {
    const { text, timers, source } = follow('a banana');
    timers.pass(1);
    text.edit([{ offset: 100, length: 5, text: 'x' }]);
    timers.pass(1);
    assert.equal(text.startCount, 2);
    assert.deepEqual(text.tokensIn(0, 100), expected(source.content));
  });

  it('starts anew with another tokenizer', () => {
    const { text, timers, changes, tokenizers } = follow('a banana');
    timers.pass(1);
    changes.count = 0;
    tokenizers.current = { ...UNCUT, encodeWithOffsets: () => ({ ids: [7], offsets: [[0, 8]] }) };
    text.retokenize();
    assert.deepEqual([text.state, changes.count], ['tokenizing', 1]);
    timers.pass(1);
    assert.deepEqual(text.tokensIn(0, 8), [{ id: 7, start: 0, end: 8, index: 0 }]);
  });

  it('leaves nothing to be done once it is stopped', () => {
    const { text, timers, slices } = follow('a banana');
    text.stop();
    assert.deepEqual([slices.isIdle, timers.count], [true, 0]);
  });

  it('is told how its words fall into tokens only after that was asked for', () => {
    const { text, timers, slices } = follow('apple banana, cosmic apple');
    timers.pass(1);
    assert.equal(slices.isIdle, true);
    assert.equal(text.wordStatistics(), undefined);
    assert.equal(slices.isIdle, false);
    timers.pass(1);
    // `apple`, ` banana`, ` cosmic` and ` apple` are tokens of GPT-2.
    assert.deepEqual(text.wordStatistics(), { words: 4, singleTokenWords: 4 });
    assert.equal(slices.isIdle, true);
  });
});

describe('the text of an open document, with a tokenizer that cannot cut it', () => {
  it('is tokenized anew after a pause in typing', () => {
    const { text, timers, source, edit } = follow('a banana', UNCUT);
    timers.pass(1);
    for (let i = 0; i < 5; i++) {
      edit({ offset: 0, length: 0, text: 'x' });
      timers.pass(100);
      assert.equal(text.state, 'tokenizing');
    }
    timers.pass(300);
    timers.pass(1);
    assert.deepEqual(text.tokensIn(0, 100), expected(source.content));
  });

  it('is large much earlier', () => {
    const content = 'ten chars '.repeat(LARGEST_UNCUT_TEXT / 10);
    assert.equal(follow(content, UNCUT).text.state, 'tokenizing');
    assert.equal(follow(`${content}x`, UNCUT).text.state, 'large');
  });
});

describe('the text of an open document that has no place to be cut', () => {
  it('is tokenized within the event of each key all the same', () => {
    const { text, timers, source, edit } = follow('acgt'.repeat(50_000));
    timers.pass(1);
    assert.equal(text.state, 'complete');
    for (let i = 0; i < 5; i++) {
      edit({ offset: 10_000, length: 0, text: 'b' });
      assert.equal(text.count, GPT2.encode(source.content).length);
    }
    assert.equal(timers.count, 0);
  });

  it('and none to be parted is tokenized anew after a pause in typing, not in the event of each key', () => {
    const { text, timers, source, edit } = follow(WHOLE);
    timers.pass(1);
    assert.equal(text.state, 'complete');
    for (let i = 0; i < 5; i++) {
      edit({ offset: 10_000, length: 0, text: 'b' });
      assert.equal(text.state, 'tokenizing');
      timers.pass(100);
      assert.equal(text.state, 'tokenizing');
    }
    timers.pass(300);
    timers.pass(1);
    assert.deepEqual(text.tokensIn(9_990, 10_010), inRange(source.content, 9_990, 10_010));
    assert.equal(timers.count, 0);
  });

  it('has its tokens within the event again once it can be cut', () => {
    const { text, timers, source, edit } = follow(WHOLE);
    timers.pass(1);
    edit({ offset: 500, length: 19_000, text: ', ' });
    assert.deepEqual(text.tokensIn(490, 510), inRange(source.content, 490, 510));
    assert.equal(timers.count, 0);
  });
});

describe('a large text', () => {
  const line = 'the quick brown fox, 12345 times jumped over a lazy dog\n';
  const content = line.repeat(Math.ceil(LARGEST_TEXT / line.length) + 1);

  it('has tokens by range only, at once, and nothing is to be done', () => {
    const { text, timers } = follow(content);
    assert.deepEqual([text.state, text.count, text.wordStatistics()], ['large', undefined, undefined]);
    assert.equal(timers.count, 0);
    const tokens = text.tokensIn(5_000_000, 5_000_100) ?? [];
    const whole = expected(content.slice(4_999_900, 5_000_200)).filter(
      (token) => token.end > 100 && token.start < 200,
    );
    assert.deepEqual(
      tokens.map(({ id, start, end }) => [id, start, end]),
      whole.map(({ id, start, end }) => [id, start + 4_999_900, end + 4_999_900]),
    );
    assert.equal(text.countAlone(0, line.length), GPT2.encode(line).length);
    assert.equal(text.countAlone(0, content.length), undefined);
    assert.equal(text.tokensIn(0, content.length), undefined);
  });

  it('becomes one that is tokenized as a whole when it shrinks, and back', () => {
    const { text, timers, edit, source } = follow(content);
    edit({ offset: 100, length: content.length - 300, text: '' });
    assert.equal(text.state, 'tokenizing');
    timers.pass(1);
    assert.deepEqual(text.tokensIn(0, 300), expected(source.content));
    edit({ offset: 100, length: 0, text: content });
    assert.equal(text.state, 'large');
    assert.ok((text.tokensIn(0, 200) ?? []).length > 0);
  });
});

describe('a text with a tokenizer that cannot cut, and works in steps', () => {
  const content = 'a banana and an apple, '.repeat(2_000).slice(0, LARGEST_UNCUT_TEXT);

  it('is tokenized as far as each slice allows, and anew after an edit meanwhile', () => {
    const tokenizer = new SteppedTokenizer();
    const { text, timers, source, edit, slices } = follow(content, tokenizer);
    tokenizer.onStep = () => (timers.time += 5);
    timers.pass(1);
    assert.equal(text.state, 'tokenizing');
    const begun = tokenizer.steps;
    assert.ok(begun < content.length / STEP / 2, String(begun));
    edit({ offset: 0, length: 1, text: 'the' });
    timers.pass(1_000);
    while (!slices.isIdle) {
      timers.pass(1);
    }
    assert.deepEqual(text.tokensIn(0, 100), inRange(source.content, 0, 100));
    assert.equal(text.count, expected(source.content).length);
    assert.equal(tokenizer.steps, begun + Math.ceil(source.content.length / STEP));
    assert.ok(text.wordStatistics() === undefined);
    timers.pass(1_000);
    assert.ok((text.wordStatistics()?.words ?? 0) > 1_000);
  });

  it('has its selections counted in slices, each once', () => {
    const tokenizer = new SteppedTokenizer();
    const { text, timers, changes, edit, source } = follow(content, tokenizer);
    timers.pass(1_000);
    const part = (): number | undefined => text.countAlone(3, 20_003);
    assert.equal(text.countAlone(3, 503), GPT2.encode(content.slice(3, 503)).length);
    assert.equal(part(), undefined);
    assert.equal(text.countAlone(4, 5_004), undefined);
    changes.count = 0;
    timers.pass(1_000);
    assert.ok(changes.count > 0);
    const { steps } = tokenizer;
    assert.equal(part(), GPT2.encode(content.slice(3, 20_003)).length);
    assert.equal(text.countAlone(4, 5_004), GPT2.encode(content.slice(4, 5_004)).length);
    assert.equal(tokenizer.steps, steps);
    edit({ offset: 10, length: 0, text: 'x' });
    assert.equal(part(), undefined);
    timers.pass(1_000);
    assert.equal(part(), GPT2.encode(source.content.slice(3, 20_003)).length);
  });

  it('has tokens by range where it is large, once the blocks are tokenized', () => {
    const tokenizer = new SteppedTokenizer();
    const large = content.repeat(3);
    const { text, timers } = follow(large, tokenizer);
    assert.equal(text.state, 'large');
    assert.equal(text.tokensIn(40_000, 41_000), undefined);
    timers.pass(1_000);
    assert.deepEqual(
      text.tokensIn(40_000, 41_000)?.map(({ id, start, end }) => [id, start, end]),
      inRange(large, 40_000, 41_000).map(({ id, start, end }) => [id, start, end]),
    );
    assert.equal(timers.count, 0, 'a timer is left');
  });
});

describe('blocks of a large text', () => {
  const random = seededRandom(6);
  const words = ['banana', ' apple', '\n', '  ', '\t', '語', '🍌', '\r\n', 'x1', '...', ' Mike'];
  const mixed = Array.from({ length: 40_000 }, () => words[Math.floor(random() * words.length)]).join('');

  for (const tokenizer of [GPT2, UNCUT]) {
    it(`give the tokens of the whole text, with the tokenizer ${tokenizer.name}`, () => {
      const blocks = new TextBlocks(new EditedText(mixed), tokenizer);
      const whole = expected(mixed);
      for (let start = 0; start < mixed.length; start += 7_919) {
        const end = Math.min(mixed.length, start + 5_000);
        assert.deepEqual(
          blocks.tokensIn(start, end)?.map((token) => [token.id, token.start, token.end]),
          whole
            .filter((token) => token.end > start && token.start < end)
            .map((token) => [token.id, token.start, token.end]),
        );
      }
    });
  }

  it('give a token the same index in every range, and rising ones, one by one from block to block', () => {
    const blocks = new TextBlocks(new EditedText(mixed), GPT2);
    const indexOf = new Map<string, number>();
    // From the middle to both sides.
    const middle = Math.floor(mixed.length / 2);
    for (let distance = 0; distance < middle; distance += 2_000) {
      for (const start of [middle + distance, middle - distance]) {
        for (const { id, start: from, index } of blocks.tokensIn(start, start + 3_000) ?? []) {
          const key = `${from} ${id}`;
          assert.equal(indexOf.get(key) ?? index, index);
          indexOf.set(key, index);
        }
      }
    }
    const whole = blocks.tokensIn(0, mixed.length) ?? [];
    const first = whole[0]?.index ?? NaN;
    assert.deepEqual(
      whole.map(({ index }) => index),
      whole.map((_, offset) => first + offset),
    );
  });

  it('never give two tokens one index, in whatever order they are asked for', () => {
    const blocks = new TextBlocks(new EditedText(mixed), GPT2);
    const starts = Array.from({ length: 200 }, () => Math.floor(random() * mixed.length));
    for (const start of starts) {
      blocks.tokensIn(start, start + 100);
    }
    const indexes = (blocks.tokensIn(0, mixed.length) ?? []).map(({ index }) => index);
    assert.ok(indexes.every((index, i) => i === 0 || index > (indexes[i - 1] ?? NaN)));
  });

  it('are those of the edited text after each of many edits', () => {
    const source = new EditedText(mixed);
    const blocks = new TextBlocks(source, GPT2);
    for (let i = 0; i < 100; i++) {
      const offset = Math.floor(random() * (source.content.length - 10));
      source.apply({ offset, length: Math.floor(random() * 10), text: words[i % words.length] ?? '' });
      blocks.edit(offset);
      const start = Math.max(0, offset - 2_000 + Math.floor(random() * 4_000));
      const fresh = new TextBlocks(source, GPT2).tokensIn(start, start + 3_000);
      assert.deepEqual(
        blocks.tokensIn(start, start + 3_000)?.map((token) => [token.id, token.start, token.end]),
        fresh?.map((token) => [token.id, token.start, token.end]),
      );
    }
  });

  it('of a text without white space are cut, but never inside of a character', () => {
    const text = `x${'🍌'.repeat(30_000)}`;
    const tokens = new TextBlocks(new EditedText(text), GPT2).tokensIn(0, text.length) ?? [];
    assert.equal(GPT2.decode(tokens.map(({ id }) => id)), text);
  });
});

describe('work in slices', () => {
  it('takes turns, ends slices in time, and leaves the event loop a turn between them', () => {
    const timers = new ManualTimers();
    const slices = new WorkSlices(timers);
    const log: string[] = [];
    const work = (name: string, steps: number) => (mayGoOn: () => boolean) => {
      do {
        log.push(name);
        timers.time += 5;
        steps--;
      } while (steps > 0 && mayGoOn());
      return steps <= 0;
    };
    slices.add(work('a', 3));
    slices.add(work('b', 3));
    assert.deepEqual(log, []);
    timers.pass(0);
    assert.equal(log.join(''), 'aa');
    timers.pass(0);
    assert.equal(log.join(''), 'aabb');
    timers.pass(0);
    assert.equal(log.join(''), 'aabbab');
    assert.equal(slices.isIdle, true);
    assert.equal(timers.count, 0);
  });

  it('goes on with the others when one fails, and not with that one', () => {
    const timers = new ManualTimers();
    const slices = new WorkSlices(timers);
    let isDone = false;
    slices.add(() => {
      throw new Error('on purpose');
    });
    slices.add(() => (isDone = true));
    assert.throws(() => timers.pass(0), /on purpose/);
    timers.pass(0);
    assert.deepEqual([isDone, slices.isIdle], [true, true]);
  });

  it('does not come back after it was removed while it ran', () => {
    const timers = new ManualTimers();
    const slices = new WorkSlices(timers);
    const work = (): boolean => {
      slices.remove(work);
      return false;
    };
    slices.add(work);
    timers.pass(0);
    assert.deepEqual([slices.isIdle, timers.count], [true, 0]);
  });
});
