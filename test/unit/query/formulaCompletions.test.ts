import assert from 'node:assert/strict';
import { completions, MAX_COMPLETIONS } from '../../../src/core/query/formula/completions';
import { formulaTerms } from '../../../src/core/query/formula/formulaTerms';
import type { WordFormChoice } from '../../../src/core/query/formula/wordForm';
import { isWordAnywhere } from '../../../src/core/query/formula/printFormula';
import { parseFormula } from '../../../src/core/query/formula/parseFormula';
import { TokenPrefixIndex } from '../../../src/core/query/formula/tokenPrefixIndex';
import { Gpt2Tokenizer } from '../../../src/core/tokenizer/gpt2Tokenizer';
import { SeededRandom } from '../../fixtures/checkpoints/seededRandom';

const tokenizer = Gpt2Tokenizer.shared();
const vocabulary = new TokenPrefixIndex(tokenizer);

/** Completions at the `|` of a line, each as the line that it makes. */
function completed(marked: string, form?: WordFormChoice): string[] {
  const cursor = marked.indexOf('|');
  const line = marked.replace('|', '');
  const found = completions(line, cursor, vocabulary, form);
  return (found?.items ?? []).map(
    ({ insertText }) => line.slice(0, found?.range.start) + insertText + line.slice(found?.range.end),
  );
}

describe('completion of a formula', () => {
  it('writes tokens with a leading space as strings, or those without where words mean a space', () => {
    assert.deepEqual(completed('king - Mik|').slice(0, 4), [
      'king - " Mik"',
      'king - " Mike"',
      'king - Mike',
      'king - " Mikhail"',
    ]);
    assert.deepEqual(completed('Mik| + x', 'leadingSpace').slice(0, 4), [
      'Mik + x',
      'Mike + x',
      '"Mike" + x',
      'Mikhail + x',
    ]);
  });

  it('replaces the whole word or string that the cursor is in', () => {
    assert.ok(completed('2*(Mic|key - x)').includes('2*(Michael - x)'));
    assert.ok(completed('" Mic|key" - x').includes('" Michael" - x'));
    assert.ok(completed('"Mi|').includes('"Mike"'));
    // The rest of the line is not a part of a string that has yet to be closed.
    assert.ok(completed('" Mi| - man').includes('" Mike" - man'));
  });

  it('continues a second word with tokens that begin with a space', () => {
    assert.ok(completed('New Yor|').includes('New York'));
    assert.ok(completions('New Yor', 7, vocabulary)?.items.every(({ text }) => text.startsWith(' ')));
  });

  it('has nothing to complete where no word is', () => {
    for (const line of [
      '|',
      'king - |',
      'king |- man',
      '#12|',
      '"|',
      '" Mike"|',
      '(|',
      `${'x'.repeat(10_001)}|`,
    ]) {
      assert.deepEqual(completed(line), [], line);
    }
  });

  it('inserts what gives exactly the token, whatever stands around it', () => {
    const random = new SeededRandom(511);
    for (let i = 0; i < 500; i++) {
      const text = tokenizer.decode([Math.floor(random.uniform() * 50257)]).trim();
      const typed = text.slice(0, 1 + Math.floor(random.uniform() * 3));
      if (!isWordAnywhere(typed)) {
        continue;
      }
      const form = i % 2 === 0 ? 'bare' : 'leadingSpace';
      for (const before of ['', 'mean(x, ', 'x - ']) {
        const line = before + typed;
        const found = completions(line, line.length, vocabulary, form);
        for (const { id, insertText } of found?.items.slice(0, 8) ?? []) {
          const whole = `${line.slice(0, found?.range.start)}${insertText}${before.startsWith('mean') ? ', y)' : ' + y'}`;
          const parsed = parseFormula(whole);
          assert.ok(parsed?.kind === 'formula', `${whole}: ${JSON.stringify(parsed)}`);
          const terms = formulaTerms(parsed.formula, tokenizer, form);
          assert.ok(
            terms.kind === 'terms' && terms.operands.some(({ ids }) => ids.length === 1 && ids[0] === id),
            whole,
          );
        }
      }
    }
  });
});

describe('prefix index', () => {
  it('finds what a search through the whole vocabulary finds, in the same order', () => {
    const texts = Array.from({ length: tokenizer.vocabularySize }, (_, id) => {
      const bytes = tokenizer.tokenBytes(id);
      const text = Buffer.from(bytes).toString('utf8');
      return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
    });
    for (const prefix of ['Mike', 'mi', 'a', 'É', 'the', '1', '(', 'zzzz', '北', "'", '<|', '\n']) {
      for (const space of ['any', 'with', 'without'] as const) {
        const expected = texts
          .map((text, id) => ({ id, text: text ?? '' }))
          .filter(
            ({ text }) =>
              text !== '' && text.replace(/^ /, '').toLowerCase().startsWith(prefix.toLowerCase()),
          )
          .filter(({ text }) => space === 'any' || text.startsWith(' ') === (space === 'with'))
          .map((match) => {
            const word = match.text.replace(/^ /, '');
            return { match, tier: word === prefix ? 0 : word.startsWith(prefix) ? 1 : 2 };
          })
          .sort((a, b) => a.tier - b.tier || a.match.id - b.match.id)
          .map(({ match }) => match)
          .slice(0, MAX_COMPLETIONS);
        assert.deepEqual(vocabulary.search(prefix, MAX_COMPLETIONS, space), expected, `${prefix}, ${space}`);
      }
    }
  });
});
