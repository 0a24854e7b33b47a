import assert from 'node:assert/strict';
import { NeighborSearch, type NeighborQuestion } from '../../../../src/editor/panel/neighborSearch';
import type { AnswerView } from '../../../../src/protocol/answerView';
import { DEFAULT_LEFT_OUT } from '../../../../src/protocol/leftOutWords';
import { METRICS } from '../../../../src/protocol/metric';
import { NO_FILTER } from '../../../../src/protocol/panelSnapshot';
import { answering } from '../../engine/answering';
import { mean, minus, plainScore, rows, tokenizer, WatchedContext } from '../plainEmbeddings';

const question = (text: string, rest: Partial<NeighborQuestion> = {}): NeighborQuestion => ({
  query: { text, form: 'bare', vector: 'mean' },
  k: 10,
  metric: 'cosine',
  filter: NO_FILTER,
  leftOut: DEFAULT_LEFT_OUT,
  ...rest,
});
const KING = tokenizer.encode('king')[0]!;
const MAN = tokenizer.encode('man')[0]!;
const WOMAN = tokenizer.encode('woman')[0]!;

describe('neighbors of a panel', () => {
  let context: WatchedContext;
  let search: NeighborSearch;

  beforeEach(() => {
    context = new WatchedContext();
    search = new NeighborSearch(context);
  });

  const answer = (asked: NeighborQuestion): Promise<AnswerView> => {
    search.start(asked);
    return context.until(() => search.answer);
  };

  it('come with ranks, a folding key and the distribution of all scores', async () => {
    const { neighbors, distribution, averageScore, source } = await answer(question('king'));
    assert.deepEqual(
      neighbors.map(({ rank }) => rank),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.equal(neighbors[0]?.token.id, KING);
    assert.equal(neighbors[0].isQuery, true);
    assert.equal(neighbors[0].foldKey, 'king');
    assert.equal(distribution?.total, rows.length);
    assert.equal(
      distribution.counts.reduce((a, b) => a + b),
      rows.length,
    );
    assert.equal(averageScore, 0.25);
    assert.equal(source, 'index');
  });

  it('are awaited where embeddings are there to be asked, and not for what cannot be asked', async () => {
    assert.equal(search.start(question('king')), false);
    await context.until(() => search.answer);
    assert.equal(search.start(question('woman')), true);
    assert.equal(search.start(question('king - (man')), false);
    assert.equal(search.start(undefined), false);
  });

  it('are given up on request, which ends the question where it is worked at and says so', async () => {
    await answer(question('king'));
    search.cancel();
    assert.equal(search.error, undefined);
    const asked = new Promise<AbortSignal | undefined>((resolve) => {
      const ask = answering({
        neighbors: (_, signal) => {
          resolve(signal);
          return new Promise((_never, reject) => signal?.addEventListener('abort', reject));
        },
      });
      Object.assign(context.embeddings, { ask });
    });
    search.start(question('woman'));
    const signal = await asked;
    search.cancel();
    assert.equal(signal?.aborted, true);
    assert.match(await context.until(() => search.error), /canceled/u);
    assert.equal(search.answer, undefined);
  });

  it('of a row of zeros are refused by cosine in words, and have no ranks by it beside those of other metrics', async () => {
    context.embeddings.zero.add(KING);
    search.start(question('king'));
    assert.equal(await context.until(() => search.error), 'This row has no direction.');
    const shown = await answer(question('king', { metric: 'dot' }));
    await search.placeUnderMetrics(shown.neighbors[0]!.token.id);
    assert.deepEqual(
      search.answer?.neighbors[0]?.underMetrics?.map(({ metric }) => metric),
      METRICS.filter((metric) => metric !== 'cosine'),
    );
    assert.equal(search.answer.previousMetric, undefined);
    assert.equal(search.error, undefined);
  });

  it('of a formula leave its inputs out', async () => {
    const { neighbors } = await answer(question('king - man + woman'));
    const ids = neighbors.map(({ token }) => token.id);
    assert.ok(![KING, MAN, WOMAN].some((id) => ids.includes(id)));
    await answer(question('king - man + woman', { leftOut: { formulas: false, texts: true } }));
    assert.deepEqual(search.resolved?.excludedIds, []);
  });

  it('of a text of several tokens leave its words out where that is chosen, and never a token alone', async () => {
    const pieces = tokenizer.encode('banana');
    const leftOut = { formulas: false, texts: true };
    const idsOf = async (asked: NeighborQuestion): Promise<number[]> =>
      (await answer(asked)).neighbors.map(({ token }) => token.id);
    const first = { text: 'banana', form: 'bare', vector: 0 } as const;
    assert.equal((await idsOf({ ...question(''), query: first }))[0], pieces[0]);
    assert.ok(!(await idsOf({ ...question('', { leftOut }), query: first })).includes(pieces[0]!));
    assert.deepEqual(
      search.resolved?.excludedIds.filter((id) => pieces.includes(id)),
      [...pieces].sort((x, y) => x - y),
    );
    assert.equal((await idsOf(question('king', { leftOut })))[0], KING);
  });

  it('are not searched for a line that cannot be read', async () => {
    search.start(question('king - (man'));
    assert.deepEqual(search.resolved?.view.syntaxError, {
      message: 'This “(” is never closed.',
      start: 7,
      end: 8,
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(context.embeddings.asked, []);
    assert.equal(search.answer, undefined);
  });

  it('are those of the last of several questions that come at once', async () => {
    await answer(question('king'));
    search.start(question('woman'));
    search.start(question('king - (man'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(search.resolved?.view.syntaxError?.start, 7);
    search.start(question('woman'));
    search.start(undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual([search.resolved, search.answer], [undefined, undefined]);
  });

  it('say where an id is beyond the rows, once these are known', async () => {
    search.start(question('#60000'));
    assert.equal(search.resolved?.view.syntaxError, undefined);
    const error = await context.until(() => search.resolved?.view.syntaxError);
    assert.match(error.message, /0 to 50256/);
    assert.equal(search.answer, undefined);
  });

  it('are cut where they score too little, and for distances too much', async () => {
    const all = await answer(question('king'));
    const limit = all.neighbors[3]!.score;
    const cut = await answer(question('king', { filter: { ...NO_FILTER, minimumScore: limit } }));
    assert.equal(cut.neighbors.length, 4);
    const far = await answer(question('king', { metric: 'euclidean' }));
    const distance = far.neighbors[2]!.score;
    const near = await answer(
      question('king', { metric: 'euclidean', filter: { ...NO_FILTER, minimumScore: distance } }),
    );
    assert.equal(near.neighbors.length, 3);
  });

  it('are of the tokens that the filter lets through', async () => {
    const { neighbors } = await answer(question('king', { filter: { ...NO_FILTER, space: 'with' } }));
    assert.ok(neighbors.every(({ token }) => token.plain.startsWith('␣')));
    assert.equal(neighbors.length, 10);
  });

  it('leave out the tokens that the filter names, also beside what else it asks', async () => {
    const all = await answer(question('king'));
    const excludedIds = all.neighbors.slice(1, 3).map(({ token }) => token.id);
    for (const filter of [NO_FILTER, { ...NO_FILTER, hideByteFragments: true }]) {
      const { neighbors } = await answer(question('king', { filter: { ...filter, excludedIds } }));
      const ids = neighbors.map(({ token }) => token.id);
      assert.ok(!excludedIds.some((id) => ids.includes(id)));
      assert.ok(ids.includes(all.neighbors[3]!.token.id));
    }
  });

  it('tell their ranks under the metric before, in a second step, and only for the same query', async () => {
    await answer(question('king'));
    const first = await answer(question('king', { metric: 'euclidean' }));
    assert.equal(first.previousMetric, undefined);
    const second = await context.until(() => search.answer?.previousMetric && search.answer);
    assert.equal(second.previousMetric, 'cosine');
    for (const { token, previousRank } of second.neighbors) {
      const score = plainScore('cosine', rows[KING]!, rows[token.id]!);
      const better = rows.filter((row) => plainScore('cosine', rows[KING]!, row) > score + 1e-12).length;
      assert.ok(
        previousRank !== undefined && Math.abs(previousRank - (better + 1)) <= 1,
        String(previousRank),
      );
    }
    await answer(question('queen', { metric: 'dot' }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(search.answer?.previousMetric, undefined);
  });

  it('of a formula or under a filter count ranks without what is left out, as the list does', async () => {
    const formula = 'king - man + woman';
    const wordLike = { filter: { ...NO_FILTER, wordLike: true } };
    for (const rest of [{}, wordLike]) {
      const before = await answer(question(formula, { k: rows.length, metric: 'dot', ...rest }));
      await answer(question(formula, { k: 220, metric: 'centered', ...rest }));
      const after = await context.until(() => search.answer?.previousMetric && search.answer);
      after.neighbors.forEach(({ token, previousRank }, index) => {
        const place = before.neighbors.find((neighbor) => neighbor.token.id === token.id)?.rank;
        assert.equal(previousRank, index < 200 ? place : undefined, token.plain);
      });
      for (const { token, rank } of [after.neighbors[0]!, after.neighbors[37]!]) {
        await search.placeUnderMetrics(token.id);
        const places = search.answer?.neighbors[rank - 1]?.underMetrics ?? [];
        const dot = before.neighbors.find((neighbor) => neighbor.token.id === token.id)?.rank;
        assert.equal(places.find(({ metric }) => metric === 'centered')?.rank, rank);
        assert.equal(places.find(({ metric }) => metric === 'dot')?.rank, dot);
        assert.deepEqual(
          new Set(places.map(({ rankedCount }) => rankedCount)),
          new Set([before.neighbors.length]),
        );
      }
      const leftOut = search.resolved?.excludedIds.length ?? 0;
      assert.equal(before.neighbors.length < rows.length - leftOut, rest === wordLike);
    }
  });

  it('get their places under all metrics when they are asked for', async () => {
    const { neighbors } = await answer(question('king'));
    const { id } = neighbors[4]!.token;
    await search.placeUnderMetrics(id);
    const places = search.answer?.neighbors[4]?.underMetrics;
    assert.deepEqual(
      places?.map(({ metric }) => metric),
      METRICS,
    );
    assert.equal(places[0]?.rank, 5);
    for (const { metric, score } of places) {
      assert.ok(Math.abs(score - plainScore(metric, rows[KING]!, rows[id]!)) < 1e-9, metric);
    }
    await search.placeUnderMetrics(-1);
    assert.equal(search.answer?.neighbors.filter(({ underMetrics }) => underMetrics).length, 1);
  });

  it('of an older question are never shown', async () => {
    search.start(question('king'));
    const latest = await answer(question('queen'));
    assert.equal(latest.neighbors[0]?.token.id === KING, false);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(search.answer, latest);
  });

  it('are centered as people mean it: each row of the formula without the mean', async () => {
    const centered = async (text: string): Promise<number[]> =>
      (await answer(question(text, { metric: 'centered', k: 20 }))).neighbors.map(({ token }) => token.id);
    const byHandFrom = (score: (row: Float64Array) => number, left: readonly number[]): number[] =>
      rows
        .map((row, id) => ({ id, score: score(row) }))
        .sort((a, b) => b.score - a.score || a.id - b.id)
        .filter(({ id }) => !left.includes(id))
        .map(({ id }) => id)
        .slice(0, 20);
    assert.deepEqual(
      await centered('2*king'),
      byHandFrom((row) => plainScore('cosine', minus(rows[KING]!, mean), minus(row, mean)), [KING]),
    );
    // A difference has no mean in it.
    const difference = minus(rows[KING]!, rows[MAN]!);
    assert.deepEqual(
      await centered('king - man'),
      byHandFrom((row) => plainScore('cosine', difference, minus(row, mean)), [KING, MAN]),
    );
    // Weights whose sum is negative are no exception.
    assert.deepEqual(
      await centered('king - 3*man'),
      byHandFrom(
        (row) => {
          const [king, man] = [minus(rows[KING]!, mean), minus(rows[MAN]!, mean)];
          return plainScore(
            'cosine',
            king.map((value, j) => value - 3 * man[j]!),
            minus(row, mean),
          );
        },
        [KING, MAN],
      ),
    );
  });
});
