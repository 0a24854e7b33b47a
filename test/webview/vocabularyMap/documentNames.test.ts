import assert from 'node:assert/strict';
import { TOKEN_KINDS } from '../../../src/core/query/mapLabels/tokenKinds';
import { DocumentNames } from '../../../webview-ui/src/vocabularyMap/labels/documentNames';
import { MapTokens } from '../../../webview-ui/src/vocabularyMap/mapTokens';

const TOKENS = 400;
const WHOLE = { box: { left: -1, top: -1, right: TOKENS, bottom: 1 }, scale: 1, zoom: 1 };

/** Names of a document in which each of the first tokens occurs so often, on a map on which they stand in a row. */
function named(counts: readonly number[], view = WHOLE): readonly string[] {
  const tokens = new MapTokens(
    Array.from({ length: TOKENS }, (_, id) => `word${id}`),
    new Uint8Array(TOKENS).fill(TOKEN_KINDS.indexOf('word')),
  );
  const positions = Float32Array.from({ length: 2 * TOKENS }, (_, place) =>
    place % 2 === 0 ? place / 2 : 0,
  );
  const document = {
    name: 'text.md',
    tokens: counts.map((count, id) => ({ id, count })),
    total: counts.reduce((sum, count) => sum + count, 0),
  };
  return [...new DocumentNames(document, tokens, positions).labelsIn(view)].map(({ text }) => text);
}

describe('names of the tokens of a document', () => {
  it('are those of all words of a short text, which occur once each', () => {
    assert.deepEqual(
      named(Array<number>(77).fill(1)),
      Array.from({ length: 77 }, (_, id) => `word${id}`),
    );
  });

  it('are those of the frequent tokens of a long text, and of the others farther in', () => {
    const counts = [...Array<number>(150).fill(4), ...Array<number>(150).fill(1)];
    assert.equal(named(counts).length, 150);
    assert.equal(named(counts, { ...WHOLE, zoom: 4 }).length, 300);
  });
});
