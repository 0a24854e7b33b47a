import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { HOLE, tokenClasses } from '../../../src/core/query/filters/tokenClasses';
import { visibleTexts } from '../../../src/core/query/filters/visibleTexts';
import { foldingKey } from '../../../src/core/query/filters/foldVariants';
import { idLabel } from '../../../src/core/tokenizer/idLabel';
import type { Tokenizer } from '../../../src/core/tokenizer/tokenizer';
import { answeredToken } from '../../../src/editor/answers/answersOfTokens';
import { tokenFactsView } from '../../../src/editor/panel/token/tokenFactsView';
import { queryForToken } from '../../../src/editor/query/queryLines';
import { tokenView } from '../../../src/editor/tokens/tokenView';
import { loadTokenizer } from '../../../src/model/tokenizers/loadTokenizer';
import { tokenInQuotes, tokenList, tokenText } from '../../../src/terminal/tokenText';
import { useTemporaryFolder } from '../../fixtures/checkpoints/temporaryFolder';
import { addedToken, tokenizerJson } from '../../fixtures/tokenizers/tokenizerStyles';

/** Rows of the matrix: some of padding behind the vocabulary. */
const PADDING = 5;

describe('An id that no token has', () => {
  const inFolder = useTemporaryFolder();
  let tokenizer: Tokenizer;
  let spelled: Set<number>;
  let rows: readonly number[];

  beforeEach(async () => {
    const json = tokenizerJson('qwen2');
    const last = Math.max(...json.added_tokens.map(({ id }) => id));
    const added_tokens = [...json.added_tokens, addedToken(last + 10, '<far>', { special: true })];
    await fs.writeFile(inFolder('tokenizer.json'), JSON.stringify({ ...json, added_tokens }));
    tokenizer = await loadTokenizer(inFolder('tokenizer.json'));
    spelled = new Set([...Object.values(json.model.vocab), ...added_tokens.map(({ id }) => id)]);
    rows = Array.from({ length: tokenizer.vocabularySize + PADDING }, (_, id) => id);
    assert.ok(spelled.size < tokenizer.vocabularySize, 'there are holes');
  });

  it('is one by the vocabulary, whatever its size', () => {
    for (const id of [...rows, -1, 0.5, NaN, 2 ** 40]) {
      assert.equal(tokenizer.hasToken(id), spelled.has(id), String(id));
    }
  });

  it('has a label everywhere that says so, and a token never has that', () => {
    for (const id of rows) {
      const views = [
        idLabel(tokenizer, id),
        tokenView(tokenizer, id),
        answeredToken(tokenizer, id),
        tokenFactsView(tokenizer, id).token,
      ].flatMap((view) => Object.values(view).filter((text) => typeof text === 'string'));
      const shown = [
        ...views,
        tokenText(tokenizer, id),
        tokenInQuotes(tokenizer, id),
        tokenList(tokenizer, [id]),
      ];
      const says = `no token, id ${String(id)}`;
      for (const text of shown) {
        assert.notEqual(text, '', `id ${String(id)}`);
        assert.equal(text.includes(says), !spelled.has(id), `id ${String(id)}: ${text}`);
      }
      assert.ok(idLabel(tokenizer, id).label.segments.length > 0);
    }
  });

  it('is asked for by its number, and is no word, no text and no spelling of one', () => {
    const classes = tokenClasses(tokenizer);
    const texts = visibleTexts(tokenizer);
    for (const id of rows.filter((row) => !spelled.has(row))) {
      assert.equal(queryForToken(tokenizer, id).text, `#${String(id)}`);
      assert.equal(classes[id] ?? HOLE, HOLE);
      assert.equal(texts[id] ?? '', '');
      assert.equal(foldingKey(id, tokenizer), undefined);
      assert.equal(tokenFactsView(tokenizer, id).byteLength, 0);
    }
  });
});
