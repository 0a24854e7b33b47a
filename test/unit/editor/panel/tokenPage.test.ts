import assert from 'node:assert/strict';
import { TokenPage } from '../../../../src/editor/panel/token/tokenPage';
import { tokenFactsView } from '../../../../src/editor/panel/token/tokenFactsView';
import { robustSpread, underTrainedSentence } from '../../../../src/editor/tokens/underTrained';
import { plainScore, rows, tokenizer, WatchedContext } from '../plainEmbeddings';

const STRAWBERRIES = 36_973;

describe('token page', () => {
  it('shows the merges of strawberries, by the 8th and 9th rule first', () => {
    const page = tokenFactsView(tokenizer, STRAWBERRIES);
    assert.equal(page.token.plain, '␣strawberries');
    assert.equal(page.bytes.length, 13);
    assert.equal(page.roundTrip.isSame, true);
    assert.deepEqual(
      page.merges?.steps.map(({ left, right, rule }) => [left.plain, right.plain, rule]).slice(0, 2),
      [
        ['e', 'r', 8],
        ['␣', 's', 9],
      ],
    );
    assert.equal(page.merges.steps.length, 12);
    const nodes = page.merges.nodes;
    assert.equal(nodes.length, 25);
    assert.deepEqual(
      nodes.slice(0, 13).map(({ start, end, level }) => [start, end, level]),
      page.bytes.map((_, at) => [at, at + 1, 0]),
    );
    // Every node stands one above the deeper of its two parts.
    for (const { start, end, level } of nodes.slice(13)) {
      const inside = nodes.filter((node) => node.start >= start && node.end <= end && node.level < level);
      assert.equal(Math.max(...inside.map((node) => node.level)), level - 1);
    }
  });

  it('says of tokens that cannot be typed what their text becomes', () => {
    const page = tokenFactsView(tokenizer, 50_256);
    assert.equal(page.isSpecial, true);
    assert.equal(page.roundTrip.isSame, false);
    assert.ok(page.roundTrip.encodesTo.length > 1);
    assert.equal(tokenFactsView(tokenizer, 160).isByteFragment, true);
    assert.equal(tokenFactsView(tokenizer, 60_000).token.plain, 'no token, id 60000');
  });

  it('has no cosines of variants that are beyond the rows of the matrix, and all else', async () => {
    const context = new WatchedContext();
    context.embeddings.model = { ...context.embeddings.model, rowCount: 16_000 };
    const page = new TokenPage(context);
    const [king] = tokenizer.encode('king');
    page.start(king, ['cosine', 'dot']);
    const { variants, measures } = await context.until(
      () => page.view?.milliseconds !== undefined && page.view,
    );
    assert.deepEqual(context.failures, []);
    assert.ok(measures);
    const single = variants.filter(({ pieces }) => pieces.length === 1);
    for (const { pieces, cosine } of single) {
      assert.equal(cosine !== undefined, pieces[0]!.id < 16_000);
    }
    assert.ok(single.some(({ cosine }) => cosine === undefined) && single.some(({ cosine }) => cosine));
  });

  it('has no cosine of a variant whose row holds NaN, and all others', async () => {
    const context = new WatchedContext();
    const [king] = tokenizer.encode('king');
    const [spaceKing] = tokenizer.encode(' king');
    context.embeddings.unranked.add(spaceKing!);
    const page = new TokenPage(context);
    page.start(king, ['cosine', 'dot']);
    const { variants } = await context.until(() => page.view?.milliseconds !== undefined && page.view);
    assert.deepEqual(context.failures, []);
    const single = variants.filter(({ pieces }) => pieces.length === 1);
    assert.ok(single.length > 2 && single.some(({ pieces }) => pieces[0]?.id === spaceKing));
    for (const { pieces, cosine } of single) {
      assert.equal(cosine !== undefined, pieces[0]?.id !== spaceKing);
    }
  });

  it('has its facts at once, and what is measured when it arrives', async () => {
    const context = new WatchedContext();
    const page = new TokenPage(context);
    page.start(STRAWBERRIES, ['cosine', 'euclidean']);
    const atOnce = page.view;
    assert.equal(atOnce?.measures, undefined);
    assert.equal(atOnce?.bytes.length, 13);
    const { measures, neighbors, variants, model } = await context.until(
      () => page.view?.milliseconds !== undefined && page.view,
    );
    assert.equal(model?.name, 'plain');
    assert.ok(measures && measures.underTrained === undefined);
    assert.deepEqual(context.failures, []);
    const single = variants.filter(({ pieces }) => pieces.length === 1);
    assert.ok(single.length >= 1);
    for (const { pieces, cosine } of single) {
      const expected = plainScore('cosine', rows[STRAWBERRIES]!, rows[pieces[0]!.id]!);
      assert.ok(Math.abs((cosine ?? NaN) - expected) < 1e-12);
    }
    assert.ok(variants.every(({ pieces, cosine }) => pieces.length === 1 || cosine === undefined));
    const [cosine, euclidean] = neighbors!;
    assert.equal(cosine.metric, 'cosine');
    assert.deepEqual(
      cosine.neighbors.map(({ rank }) => rank),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.ok(cosine.neighbors.every(({ token }) => token.id !== STRAWBERRIES));
    for (const { token, rank } of euclidean.neighbors) {
      const other = cosine.neighbors.find((neighbor) => neighbor.token.id === token.id);
      assert.ok(other === undefined || other.otherRank === rank);
    }
  });

  it('says why a row of zeros has no neighbors by cosine, and lists them by other metrics', async () => {
    const context = new WatchedContext();
    context.embeddings.zero.add(STRAWBERRIES);
    const page = new TokenPage(context);
    page.start(STRAWBERRIES, ['euclidean', 'cosine']);
    const refused = await context.until(() => page.view?.milliseconds !== undefined && page.view);
    assert.deepEqual(refused.neighbors, [
      { metric: 'euclidean', neighbors: [], refusal: 'This row has no direction.' },
      { metric: 'cosine', neighbors: [], refusal: 'This row has no direction.' },
    ]);
    assert.ok(refused.measures);
    page.start(STRAWBERRIES, ['euclidean', 'dot']);
    const { neighbors } = await context.until(() => page.view?.milliseconds !== undefined && page.view);
    assert.deepEqual(
      neighbors?.map((list) => [list.neighbors.length, list.refusal]),
      [
        [10, undefined],
        [10, undefined],
      ],
    );
    assert.deepEqual(context.failures, []);
  });

  it('measures nothing while nobody looks, and nothing for a query that is no token', async () => {
    const context = new WatchedContext();
    const page = new TokenPage(context);
    page.start(STRAWBERRIES, undefined);
    page.start(undefined, ['cosine', 'dot']);
    assert.equal(page.view, undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(context.embeddings.asked, []);
  });
});

describe('a row that was hardly trained', () => {
  /** 50,000 rows around 3.5, some at the distance in question. */
  const counts = Uint32Array.from({ length: 100 }, (_, bin) =>
    Math.round(50_000 * 0.04 * Math.exp(-((bin - 70) ** 2) / (2 * 10 ** 2))),
  );
  const distances = { from: 0, to: 5, counts };
  const measures = {
    norm: 1,
    normPercentile: 0.1,
    norms: distances,
    centroidDistances: distances,
    centroidDistance: 0.1,
    centroidPercentile: 0.0005,
  };

  it('is told by distance and share together', () => {
    const sentence = underTrainedSentence(measures) ?? '';
    assert.match(sentence, /0\.10 from the mean/);
    assert.match(sentence, /3\.5\d is usual/);
    assert.match(sentence, /99\.9 % of all tokens/);
    assert.equal(underTrainedSentence({ ...measures, centroidPercentile: 0.01 }), undefined);
    assert.equal(underTrainedSentence({ ...measures, centroidDistance: 2.5 }), undefined);
  });

  it('is not told where one row that lies far off has all the others in one bin', () => {
    const spread = {
      from: 1,
      to: 1e30,
      counts: Uint32Array.from({ length: 100 }, (_, bin) => (bin === 0 ? 50_256 : +(bin === 99))),
    };
    assert.equal(
      underTrainedSentence({ ...measures, centroidDistances: spread, centroidDistance: 0.9 }),
      undefined,
    );
  });

  it('is told by median and median deviation of the histogram', () => {
    const { median, deviation, binWidth } = robustSpread(distances);
    assert.equal(binWidth, 0.05);
    assert.ok(Math.abs(median - 3.525) < 0.051, String(median));
    // 0.6745 standard deviations, of half a unit.
    assert.ok(Math.abs(deviation - 0.337) < 0.051, String(deviation));
    assert.equal(robustSpread({ from: 0, to: 0, counts: new Uint32Array(3) }).median, 0);
  });
});
