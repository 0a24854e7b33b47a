import assert from 'node:assert/strict';
import { comparedTexts, textsOfQuery, wordsOfIds } from '../../../../src/editor/panel/compare/comparedTexts';
import { decidingDimensions } from '../../../../src/editor/panel/compare/pairView';
import { TextComparison } from '../../../../src/editor/panel/compare/textComparison';
import type { CompareView } from '../../../../src/protocol/compareView';
import type { Metric } from '../../../../src/protocol/metric';
import {
  DIMENSION,
  dot,
  length,
  mean,
  minus,
  plainScore,
  rows,
  tokenizer,
  WatchedContext,
} from '../plainEmbeddings';

const [BAN, ANA] = tokenizer.encode('banana') as [number, number];

describe('comparison of a panel', () => {
  let context: WatchedContext;
  let comparison: TextComparison;

  beforeEach(() => {
    context = new WatchedContext();
    comparison = new TextComparison(context);
  });

  const compared = (
    texts: readonly string[],
    mode: 'pair' | 'matrix',
    metric: Metric = 'cosine',
  ): Promise<CompareView> => {
    comparison.start({ compare: comparedTexts(texts, mode), metric });
    return context.until(() => comparison.view?.model && comparison.view);
  };

  it('of a pair has both vectors, the figures of all metrics and the rank', async () => {
    const { pair, matrix, items } = await compared(['ban', 'ana'], 'pair');
    assert.deepEqual(
      items.map(({ pieces }) => pieces.map(({ id }) => id)),
      [[BAN], [ANA]],
    );
    assert.ok(pair);
    assert.deepEqual(pair.a, [...rows[BAN]!]);
    assert.deepEqual(pair.b, [...rows[ANA]!]);
    for (const metric of ['cosine', 'centered', 'dot', 'euclidean'] as const) {
      assert.ok(Math.abs(pair[metric] - plainScore(metric, rows[BAN]!, rows[ANA]!)) < 1e-12, metric);
    }
    const better = rows.filter(
      (row) => plainScore('cosine', rows[BAN]!, row) > plainScore('cosine', rows[BAN]!, rows[ANA]!),
    );
    assert.equal(pair.rankOfB, better.length + 1);
    assert.equal(matrix, undefined);
  });

  it('of a pair has no figures of variants that are beyond the rows of the matrix, but all others', async () => {
    const { pair: whole } = await compared(['king', 'man'], 'pair');
    context.embeddings.model = { ...context.embeddings.model, rowCount: 16_000 };
    const { pair, error } = await compared(['king', 'man'], 'pair');
    assert.equal(error, undefined);
    assert.ok(whole?.variants && pair?.variants);
    const { rows: rowVariants, columns, cosines } = whole.variants;
    const hasRow = ({ pieces }: (typeof columns)[number]): boolean => pieces.every(({ id }) => id < 16_000);
    assert.ok(!rowVariants.every(hasRow) && rowVariants.filter(hasRow).length > 1);
    assert.deepEqual(
      pair.variants.cosines,
      rowVariants.map((a, row) =>
        columns.map((b, column) => (hasRow(a) && hasRow(b) ? cosines[row]?.[column] : null)),
      ),
    );
  });

  it('of a pair has no figures of variants whose rows hold NaN, but all others', async () => {
    const { pair: whole } = await compared(['king', 'man'], 'pair');
    const spaceMan = tokenizer.encode(' man')[0]!;
    context.embeddings.unranked.add(spaceMan);
    const { pair, items, error } = await compared(['king', 'man'], 'pair');
    assert.equal(error, undefined);
    assert.deepEqual(context.failures, []);
    assert.ok(items.every(({ syntaxError }) => syntaxError === undefined));
    assert.ok(whole?.variants && pair?.variants);
    const { columns, cosines } = whole.variants;
    assert.ok(columns.some(({ pieces }) => pieces[0]?.id === spaceMan));
    assert.deepEqual(
      pair.variants.cosines,
      cosines.map((row) =>
        row.map((cosine, column) => (columns[column]?.pieces[0]?.id === spaceMan ? null : cosine)),
      ),
    );
    assert.deepEqual(
      { ...pair, variants: undefined, rankOfB: 0 },
      { ...whole, variants: undefined, rankOfB: 0 },
    );
  });

  it('says which of two texts has a row that holds NaN, and compares the others of a matrix', async () => {
    context.embeddings.unranked.add(ANA);
    for (const texts of [
      ['ban', 'ana'],
      ['ana', 'ban'],
    ]) {
      const { pair, items } = await compared(texts, 'pair');
      assert.equal(pair, undefined);
      assert.deepEqual(
        items.map(({ syntaxError }) => syntaxError),
        texts.map((text) =>
          text === 'ana'
            ? { message: `The embedding of token id ${ANA} holds NaN or infinity.`, start: 0, end: 3 }
            : undefined,
        ),
      );
    }
    const { matrix, items } = await compared(['ban', 'mean(ban, ana)', 'king'], 'matrix');
    assert.deepEqual(
      items.map(({ syntaxError }) => syntaxError !== undefined),
      [false, true, false],
    );
    assert.deepEqual(
      matrix?.values.map((row) => row.map((value) => value === null)),
      [
        [false, true, false],
        [true, true, true],
        [false, true, false],
      ],
    );
    assert.deepEqual(context.failures, []);
  });

  it('of texts of several tokens has the scores of the list, and draws what the cosine compares', async () => {
    const { pair } = await compared(['3*king - man', 'mean(ban, ana)'], 'pair');
    assert.ok(pair);
    const king = rows[tokenizer.encode('king')[0]!]!;
    const man = rows[tokenizer.encode('man')[0]!]!;
    const formula = king.map((value, j) => 3 * value - man[j]!);
    const word = rows[BAN]!.map((value, j) => (value + rows[ANA]![j]!) / 2);
    assert.ok(Math.abs(pair.dot - dot(formula, word)) < 1e-12);
    assert.ok(Math.abs(pair.euclidean - length(minus(formula, word))) < 1e-12);
    const centered = formula.map((value, j) => value - 2 * mean[j]!);
    assert.ok(Math.abs(pair.centered - plainScore('cosine', centered, minus(word, mean))) < 1e-12);
    const drawn = plainScore('cosine', Float64Array.from(pair.a), Float64Array.from(pair.b));
    assert.ok(Math.abs(pair.cosine - drawn) < 1e-6);
  });

  it('of a pair names the dimensions that decide, whose shares add up to the cosine', () => {
    const a = [3, 0, -4, 1];
    const b = [1, 5, 2, -1];
    const shares = decidingDimensions(a, b);
    assert.deepEqual(
      shares.map(({ dimension }) => dimension),
      [2, 0, 3, 1],
    );
    const cosine = (3 - 8 - 1) / (Math.sqrt(26) * Math.sqrt(31));
    assert.ok(Math.abs(shares.reduce((sum, { share }) => sum + share, 0) - cosine) < 1e-12);
    assert.deepEqual(decidingDimensions([0, 0], [1, 1])[0]?.share, 0);
    assert.equal(decidingDimensions(Array<number>(20).fill(1), Array<number>(20).fill(1)).length, 8);
  });

  it('of a pair of words has their variants with space and in other cases', async () => {
    const { pair } = await compared(['ban', 'ana'], 'pair');
    const table = pair?.variants;
    assert.ok(table);
    assert.deepEqual(
      table.rows.map(({ text, isOriginal }) => [text, isOriginal]),
      [
        ['ban', true],
        [' ban', false],
        ['BAN', false],
        [' BAN', false],
        ['Ban', false],
        [' Ban', false],
      ],
    );
    table.rows.forEach((row, r) => {
      table.columns.forEach((column, c) => {
        const [a, b] = [row.pieces, column.pieces];
        const expected =
          a.length === 1 && b.length === 1
            ? plainScore('cosine', rows[a[0]!.id]!, rows[b[0]!.id]!)
            : undefined;
        const found = table.cosines[r]?.[c];
        assert.ok(
          expected === undefined ? found === null : Math.abs((found ?? NaN) - expected) < 1e-12,
          `${row.text} ${column.text}`,
        );
      });
    });
    assert.equal((await compared(['king - man', 'ana'], 'pair')).pair?.variants, undefined);
  });

  it('of more than two has a matrix too, and none of the vectors where only the matrix is wanted', async () => {
    const pair = await compared(['ban', 'ana', '" ban"'], 'pair');
    assert.ok(pair.pair && pair.matrix);
    const { matrix, pair: none } = await compared(['ban', 'ana'], 'matrix', 'euclidean');
    assert.equal(none, undefined);
    assert.equal(matrix?.metric, 'euclidean');
    assert.equal(matrix.average, undefined);
    assert.ok(
      Math.abs((matrix.values[0]?.[1] ?? NaN) - plainScore('euclidean', rows[BAN]!, rows[ANA]!)) < 1e-12,
    );
    comparison.showMetric('centered');
    assert.equal(comparison.view?.matrix?.metric, 'centered');
    assert.equal(comparison.view.matrix.average, 0);
  });

  it('leaves the row and column of a text that cannot be read empty', async () => {
    const { matrix, items } = await compared(['ban', '(', 'ana', 'mean(', ''], 'matrix');
    assert.deepEqual(
      items.map(({ syntaxError }) => syntaxError !== undefined),
      [false, false, false, true, true],
    );
    assert.deepEqual(matrix?.values[3], [null, null, null, null, null]);
    assert.equal(matrix.values[0]?.[3], null);
    assert.ok(matrix.values[0][1] !== null);
  });

  it('asks nothing while there are not two vectors', async () => {
    comparison.start({ compare: comparedTexts(['ban', 'mean('], 'pair'), metric: 'cosine' });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(context.embeddings.asked, []);
    assert.equal(comparison.view?.pair, undefined);
    assert.equal(comparison.view?.items.length, 2);
  });

  it('takes 40 texts, and with variants no more vectors than can be compared', async () => {
    const texts = Array.from({ length: 45 }, (_, index) => `#${1000 + index}`);
    const { matrix } = await compared(texts, 'pair');
    assert.equal(matrix?.values.length, 40);
    await compared(texts.slice(0, 24), 'pair');
    for (const asked of context.embeddings.asked) {
      const count = /compare (\d+)/.exec(asked)?.[1];
      assert.ok(count === undefined || Number(count) <= 40, asked);
    }
    assert.equal(DIMENSION, 5);
  });

  it('begins with the pieces of a word of several tokens, else with the query as it is meant', () => {
    const of = (text: string, form: 'bare' | 'leadingSpace' = 'bare'): readonly string[] =>
      textsOfQuery(tokenizer, { text, form, vector: 'mean' }).texts;
    assert.deepEqual(of('banana'), ['ban', 'ana']);
    assert.deepEqual(of('Mike'), ['Mike']);
    assert.deepEqual(of('Mike', 'leadingSpace'), ['" Mike"']);
    assert.deepEqual(of('king - man', 'leadingSpace'), ['" king" - " man"']);
    assert.deepEqual(of('mean('), []);
    assert.deepEqual(of(`#${BAN}`), ['ban']);
  });

  it('names tokens by their words where a text gives them, whatever they were asked for by', () => {
    const [spaceKing] = tokenizer.encode(' king');
    const fragment = tokenizer.encode('\u{1f34c}')[0]!;
    assert.deepEqual(
      wordsOfIds(tokenizer, [
        `#${BAN}`,
        ` #${spaceKing} `,
        `#${fragment}`,
        '#99999999',
        `#${BAN} - x`,
        'C#5',
      ]),
      ['ban', '" king"', `#${fragment}`, '#99999999', `#${BAN} - x`, 'C#5'],
    );
    comparison.start({
      compare: comparedTexts([`#${BAN}`, '" king"', '2*ban', 'mean('], 'matrix'),
      metric: 'cosine',
    });
    assert.deepEqual(comparison.names, ['ban', '␣king', '2*ban', 'mean(']);
  });
});
