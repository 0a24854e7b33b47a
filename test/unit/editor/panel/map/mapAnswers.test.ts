import assert from 'node:assert/strict';
import { LatestQuestions } from '../../../../../src/editor/panel/map/latestQuestions';
import {
  answerOnMap,
  type MapQuestion,
  type MapQuestionContext,
} from '../../../../../src/editor/panel/map/mapAnswers';
import { VocabularyFilters } from '../../../../../src/editor/vocabulary/vocabularyFilters';
import { meanOfTokens } from '../../../../../src/editor/query/queryLines';
import { resolveQuery } from '../../../../../src/editor/query/resolveQuery';
import { MAX_MEAN_IDS } from '../../../../../src/protocol/map/mapMessages';
import { MAX_QUERY_LENGTH } from '../../../../../src/protocol/panelMessages';
import { NO_FILTER, type FilterView } from '../../../../../src/protocol/panelSnapshot';
import { answering, type TestAnswers } from '../../../engine/answering';
import { MODEL, PlainEmbeddings, plainScore, rows, tokenizer } from '../../plainEmbeddings';

function contextOf(changes: Partial<MapQuestionContext> = {}): MapQuestionContext {
  return {
    embeddings: new PlainEmbeddings(),
    tokenizer: () => tokenizer,
    filters: new VocabularyFilters(),
    filter: NO_FILTER,
    query: () => Promise.resolve(undefined),
    ...changes,
  };
}

/** Embeddings that answer some questions, with the model of {@link PlainEmbeddings}. */
function embeddingsWith(answers: TestAnswers): MapQuestionContext['embeddings'] {
  return {
    state: { state: 'ready', model: MODEL },
    ensureReady: () => Promise.resolve(MODEL),
    ask: answering(answers),
  };
}

describe('questions about the map', () => {
  it('are told the 15 true neighbors of a token, without itself', async () => {
    const id = 4_321;
    const answer = await answerOnMap({ type: 'mapNeighbors', id }, contextOf());
    const expected = rows
      .map((row, other) => ({ id: other, score: plainScore('cosine', rows[id]!, row) }))
      .filter((neighbor) => neighbor.id !== id)
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, 15);
    assert.ok(answer.kind === 'neighbors');
    assert.deepEqual(
      answer.neighbors.map((neighbor) => neighbor.id),
      expected.map((neighbor) => neighbor.id),
    );
    assert.equal(answer.average, 0.25, 'as the engine says');
    for (const [at, { score }] of answer.neighbors.entries()) {
      assert.ok(Math.abs(score - expected[at]!.score) < 1e-12);
    }
  });

  it('are told 15 where the token is not even among its nearest', async () => {
    const neighbors = Array.from({ length: 16 }, (_, at) => ({ id: 100 + at, score: 1, norm: 1 }));
    const embeddings = embeddingsWith({
      neighbors: () =>
        Promise.resolve({
          metric: 'cosine',
          combination: 'unit',
          neighbors,
          averageScore: 0,
          model: MODEL,
          milliseconds: 0,
          source: 'graph',
        }),
    });
    const answer = await answerOnMap({ type: 'mapNeighbors', id: 7 }, contextOf({ embeddings }));
    assert.equal(answer.kind === 'neighbors' && answer.neighbors.length, 15);
  });

  it('are told a way, and that there is none', async () => {
    const embeddings = embeddingsWith({
      pathBetween: ({ from, to }) =>
        Promise.resolve(
          from === to
            ? undefined
            : { ids: Uint32Array.of(from, 5, to), similarities: Float32Array.of(0.5, 0.5) },
        ),
    });
    const context = contextOf({ embeddings });
    assert.deepEqual(await answerOnMap({ type: 'mapPath', from: 1, to: 2 }, context), {
      kind: 'path',
      ids: [1, 5, 2],
    });
    assert.deepEqual(await answerOnMap({ type: 'mapPath', from: 1, to: 1 }, context), {
      kind: 'path',
      ids: [],
    });
  });

  it('are told values, of the similarity those of the query that is shown', async () => {
    const asked: unknown[] = [];
    // A part of a larger memory, none of which goes along.
    const values = new Float32Array(8).subarray(2, 5);
    values.set([1, NaN, 3]);
    const embeddings = embeddingsWith({
      valuesOfAll: (measure) => {
        asked.push(measure);
        return Promise.resolve({ values, distribution: { from: 0, to: 1, counts: new Uint32Array(100) } });
      },
    });
    const query = { terms: [{ id: 5, weight: 2 }], centerEachTerm: true };
    const context = contextOf({ embeddings, query: () => Promise.resolve({ query, metric: 'dot' }) });
    const answer = await answerOnMap({ type: 'mapValues', values: 'norm' }, context);
    assert.ok(answer.kind === 'values');
    assert.deepEqual(new Float32Array(answer.values), Float32Array.of(1, NaN, 3));
    await answerOnMap({ type: 'mapValues', values: 'similarity' }, context);
    assert.deepEqual(asked, [{ kind: 'norm' }, { kind: 'similarity', query, metric: 'dot' }]);
    await assert.rejects(
      answerOnMap({ type: 'mapValues', values: 'similarity' }, contextOf({ embeddings })),
      /no query/,
    );
  });

  it('are given up, in the engine too, for another of the same kind, and when nobody looks any more', async () => {
    const ended: unknown[] = [];
    const untilEnded = (name: string) => (_: unknown, signal: AbortSignal | undefined) =>
      new Promise<never>((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          ended.push(name);
          reject(signal.reason as Error);
        });
      });
    const embeddings = embeddingsWith({ pathBetween: untilEnded('path'), valuesOfAll: untilEnded('values') });
    const questions = new LatestQuestions();
    const ask = (question: MapQuestion): Promise<unknown> =>
      answerOnMap(question, contextOf({ embeddings }), questions.begin(question.type)).catch(
        (error: unknown) => error,
      );
    const first = ask({ type: 'mapPath', from: 1, to: 2 });
    const values = ask({ type: 'mapValues', values: 'norm' });
    await Promise.resolve();
    assert.deepEqual(ended, []);
    const second = ask({ type: 'mapPath', from: 1, to: 3 });
    assert.equal(((await first) as Error).name, 'AbortError');
    assert.deepEqual(ended, ['path']);
    questions.stop();
    await Promise.all([second, values]);
    assert.deepEqual(ended, ['path', 'path', 'values']);
    assert.equal(questions.begin('mapNeighbors'), undefined);
  });

  it('are told which tokens the filters let through, a bit each', async () => {
    const allowedBy = async (filter: FilterView): Promise<boolean[]> => {
      const answer = await answerOnMap({ type: 'mapAllowed' }, contextOf({ filter }));
      assert.ok(answer.kind === 'allowed');
      const bytes = new Uint8Array(answer.bits);
      return rows.map((_, id) => ((bytes[id >> 3]! >> (id & 7)) & 1) === 1);
    };
    assert.ok((await allowedBy(NO_FILTER)).every(Boolean));
    const excludedIds = [0, 33, 50_256];
    assert.deepEqual(
      (await allowedBy({ ...NO_FILTER, excludedIds })).flatMap((isAllowed, id) => (isAllowed ? [] : [id])),
      excludedIds,
    );
    const spaced = await allowedBy({ ...NO_FILTER, space: 'with', excludedIds });
    for (const [id, isAllowed] of spaced.entries()) {
      const hasSpace = tokenizer.tokenBytes(id)[0] === 0x20;
      assert.equal(isAllowed, hasSpace && !excludedIds.includes(id), String(id));
    }
  });
});

describe('the mean of tokens from the map', () => {
  it('is a query that adds each of them up with the same weight', () => {
    const ids = Array.from({ length: MAX_MEAN_IDS }, (_, at) => 50_256 - at);
    const query = meanOfTokens(tokenizer, ids);
    assert.ok(query.text.length <= MAX_QUERY_LENGTH);
    const resolved = resolveQuery(tokenizer, query);
    assert.deepEqual(resolved?.view.syntaxError, undefined);
    assert.deepEqual(
      resolved?.terms.map(({ id }) => id).sort((a, b) => b - a),
      ids,
    );
    for (const { weight } of resolved.terms) {
      assert.ok(Math.abs(weight - 1 / MAX_MEAN_IDS) < 1e-12);
    }
  });

  it('is the token itself of one, and refused of none', () => {
    assert.equal(resolveQuery(tokenizer, meanOfTokens(tokenizer, [16_073]))?.tokenId, 16_073);
    assert.throws(() => meanOfTokens(tokenizer, []), RangeError);
  });
});
