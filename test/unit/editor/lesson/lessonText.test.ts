import assert from 'node:assert/strict';
import type { ModelFigures, SplitWord } from '../../../../src/editor/lesson/lessonFigures';
import { lessonPage } from '../../../../src/editor/lesson/lessonText';

const WORDS: readonly SplitWord[] = [
  { word: 'banana', alone: ['ban', 'ana'], afterSpace: ['␣banana'] },
  { word: 'apple', alone: ['apple'], afterSpace: ['␣apple'] },
];

const FIGURES: ModelFigures = {
  model: {
    name: 'tiny',
    isSample: false,
    isVerified: true,
    path: '/tiny/model.safetensors',
    tensorName: 'wte.weight',
    dtype: 'F32',
    rowCount: 50257,
    dimension: 768,
    warnings: [],
  },
  pair: { cosine: -0.3204, average: 0.2689 },
  name: { neighbors: [{ label: '␣Mike', score: 0.8571 }], average: 0.2421 },
  formula: [{ label: '␣queen', score: 0.7999 }],
};

const NOTHING = { missing: 'Nothing is loaded yet.' };

describe('the text of the lesson', () => {
  it('tells six steps, with the splits of the tokenizer in use', () => {
    const { text } = lessonPage(WORDS, NOTHING);
    assert.deepEqual(
      text.match(/^## \d/gm),
      [1, 2, 3, 4, 5, 6].map((number) => `## ${number}`),
    );
    assert.match(text, /Alone: `ban\|ana`, `apple`\. After a space: `␣banana`, `␣apple`\./);
    assert.match(text, /Nothing is loaded yet\./);
  });

  it('tells the figures of the model in use', () => {
    const { text } = lessonPage(WORDS, FIGURES);
    assert.match(text, /In use: `tiny`, 50,257 rows of 768 numbers, verified\./);
    assert.match(text, /`ban` and `ana`: −0\.320\. Two tokens taken at random: 0\.269 on average\./);
    assert.match(text, /Nearest: `␣Mike` 0\.857\. Average of all 50,257 tokens: 0\.242\./);
    assert.match(text, /50,257 × 768 = 38,597,376 products\./);
    assert.match(text, /`king - man \+ woman`: `␣queen` 0\.800\./);
  });

  it('says of the sample vectors that they are not GPT-2', () => {
    const model = { ...FIGURES.model, name: 'sample vectors', isSample: true, dimension: 128 };
    const { text } = lessonPage(WORDS, { ...FIGURES, model });
    assert.match(text, /In use: sample vectors, 50,257 rows of 128 numbers\. They are not GPT-2\./);
  });

  for (const figures of [NOTHING, FIGURES]) {
    it(`names all that it offers, so that keyboards reach it: ${'missing' in figures ? 'without' : 'with'} figures`, () => {
      const { text, actions } = lessonPage(WORDS, figures);
      const lines = text.split('\n');
      assert.equal(actions.length, 10);
      for (const { title, start, line } of actions) {
        assert.equal(text.slice(start, start + title.length), title);
        assert.notEqual(lines[line], '');
        const named = text.slice(0, start).split('\n').length - 1;
        assert.ok(named <= line && !lines.slice(named, line).includes(''), `${title} is of another step`);
      }
    });
  }

  it('makes no link of what a model is called or consists of', () => {
    const hostile = '`[x](command:workbench.action.quit)` http://a.example\n# [y](file:///etc)';
    const { text } = lessonPage([{ word: 'x', alone: [hostile], afterSpace: [hostile] }], {
      ...FIGURES,
      model: { ...FIGURES.model, name: hostile },
      name: { neighbors: [{ label: hostile, score: 1 }], average: 0 },
    });
    const outside = text.replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outside, /\]\(|example|quit|etc/);
    assert.doesNotMatch(text, /:\/\//);
    assert.doesNotMatch(text, /^# \[y/m);
  });
});
