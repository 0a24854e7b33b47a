import assert from 'node:assert/strict';
import { analogyLine } from '../../../../src/editor/answers/analogyLine';
import { AnswerError, type AnswerErrorCode } from '../../../../src/editor/answers/answerError';
import type { NeighborsQuestion } from '../../../../src/editor/answers/tokenAnswers';
import { TokenQuestions } from '../../../../src/editor/answers/tokenQuestions';
import { VocabularyFilters } from '../../../../src/editor/vocabulary/vocabularyFilters';
import {
  ModelUndecidedError,
  type DownloadOffer,
  type EmbeddingState,
} from '../../../../src/engine/session/embeddingState';
import type { NeighborAnswer, NeighborRequest } from '../../../../src/engine/questions/neighborAnswer';
import { GPT2_SMALL } from '../../../../src/model/hub/knownModels';
import type { ModelIdentity } from '../../../../src/model/modelLocation';
import { length, MODEL, PlainEmbeddings, plainScore, rows, tokenizer } from '../plainEmbeddings';

const OFFER: DownloadOffer = {
  model: { ...GPT2_SMALL, server: 'https://huggingface.co' },
  name: 'GPT-2 (124M)',
  repository: 'openai-community/gpt2',
  host: 'huggingface.co',
};

const idOf = (text: string): number => {
  const [id, ...others] = tokenizer.encode(text);
  assert.ok(id !== undefined && others.length === 0, text);
  return id;
};

/** Plain embeddings whose state can be watched. */
class WatchedEmbeddings extends PlainEmbeddings {
  readonly listeners = new Set<(state: EmbeddingState) => void>();
  /** Done in the middle of the next load. */
  loading: (signal: AbortSignal | undefined) => Promise<void> = () => Promise.resolve();
  /** Done in the middle of the next search. */
  searching: () => void = () => undefined;
  loads = 0;

  onDidChangeState(listener: (state: EmbeddingState) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  become(state: EmbeddingState): void {
    this.state = state;
    this.listeners.forEach((listener) => listener(state));
  }

  override async ensureReady(signal?: AbortSignal): Promise<ModelIdentity> {
    signal?.throwIfAborted();
    if (this.state.state !== 'ready') {
      this.loads++;
      await this.loading(signal);
    }
    return super.ensureReady(signal);
  }

  protected override async neighbors(
    request: NeighborRequest,
    signal?: AbortSignal,
  ): Promise<NeighborAnswer> {
    const answer = await super.neighbors(request, signal);
    const { searching } = this;
    this.searching = () => undefined;
    searching();
    return answer;
  }
}

function downloadingState(): EmbeddingState {
  const download = { ...OFFER, revision: '607a30d', bytesDone: 1, bytesTotal: 10, bytesPerSecond: 1 };
  return { state: 'downloading', download };
}

describe('questions of language models and other extensions', () => {
  let embeddings: WatchedEmbeddings;
  let missing: DownloadOffer | undefined;
  let questions: TokenQuestions;

  beforeEach(() => {
    embeddings = new WatchedEmbeddings();
    missing = undefined;
    questions = new TokenQuestions({
      embeddings,
      tokenizers: { current: tokenizer },
      filters: new VocabularyFilters(),
      missingModel: () => Promise.resolve(missing),
    });
  });

  afterEach(() => {
    assert.equal(embeddings.listeners.size, 0, 'a listener was left behind');
  });

  const asked = (query: string, rest: Partial<NeighborsQuestion> = {}): NeighborsQuestion => ({
    query,
    form: 'bare',
    metric: 'cosine',
    k: 5,
    space: 'any',
    wordLike: false,
    ...rest,
  });

  const fails = (code: AnswerErrorCode, message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof AnswerError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  };

  it('about neighbors are answered as all rows by hand are ranked', async () => {
    const king = rows[idOf('king')]!;
    const { neighbors, query, model } = await questions.neighbors(asked('king', { metric: 'euclidean' }));
    const byHand = rows
      .map((row, id) => ({ id, score: plainScore('euclidean', king, row) }))
      .sort((a, b) => a.score - b.score || a.id - b.id)
      .slice(0, 5);
    assert.deepEqual(
      neighbors.map(({ id, score }) => ({ id, score })),
      byHand,
    );
    assert.deepEqual([neighbors[0]?.rank, neighbors[0]?.isQuery, neighbors[0]?.quoted], [1, true, "'king'"]);
    assert.equal(neighbors[0]?.norm, length(king));
    assert.deepEqual(
      [query.pieces.map(({ id }) => id), query.tokenCounts],
      [[idOf('king')], { bare: 1, leadingSpace: 1 }],
    );
    assert.equal(model, MODEL);
  });

  it('can ask for a form, and for tokens with a space or of letters only', async () => {
    const spaced = await questions.neighbors(asked('banana', { form: 'leadingSpace' }));
    assert.deepEqual(
      spaced.query.pieces.map(({ id }) => id),
      [idOf(' banana')],
    );
    assert.deepEqual(spaced.query.tokenCounts, { bare: 2, leadingSpace: 1 });
    const { neighbors } = await questions.neighbors(asked('king', { space: 'with', wordLike: true, k: 50 }));
    assert.equal(neighbors.length, 50);
    assert.ok(neighbors.every(({ quoted }) => /^'? ?\p{L}+'?$/u.test(quoted.replace("' ", "'"))));
  });

  it('about analogies are b − a + c without the three', async () => {
    const line = analogyLine({ a: 'man', b: 'king', c: '" woman"' });
    assert.equal(line, 'king - man + " woman"');
    const inputs = [idOf('king'), idOf('man'), idOf(' woman')];
    const spells = (id: number): boolean =>
      ['king', 'man', 'woman'].includes(tokenizer.decode([id]).replace(/^ /, '').toLowerCase());
    const unit = (id: number): Float64Array => rows[id]!.map((value) => value / length(rows[id]!));
    const [king, man, woman] = inputs.map(unit);
    const vector = king!.map((value, j) => value - man![j]! + woman![j]!);
    const byHand = rows
      .map((row, id) => ({ id, score: plainScore('cosine', vector, row) }))
      .filter(({ id }) => !spells(id))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, 5);
    const { neighbors, excluded, query } = await questions.neighbors(asked(line));
    assert.deepEqual(
      neighbors.map(({ id }) => id),
      byHand.map(({ id }) => id),
    );
    neighbors.forEach(({ score }, index) => assert.ok(Math.abs(score - byHand[index]!.score) < 1e-12));
    assert.deepEqual(
      excluded.map(({ id }) => id),
      rows.map((_, id) => id).filter(spells),
    );
    assert.equal(query.isFormula, true);
  });

  it('about analogies take one word, string or id each', () => {
    assert.equal(analogyLine({ a: '#5', b: 'New York', c: '-' }), 'New York - #5 + (-)');
    assert.throws(() => analogyLine({ a: ' ', b: 'b', c: 'c' }), fails('invalid-query', /"a" is empty/));
    assert.throws(
      () => analogyLine({ a: 'a', b: 'x - y', c: 'c' }),
      fails('invalid-query', /"b" .* is a formula/),
    );
    assert.throws(
      () => analogyLine({ a: 'a', b: 'b', c: '"c' }),
      fails('invalid-query', /"c" .* never closed/),
    );
  });

  it('about likeness are answered for every two', async () => {
    const ids = [idOf('ban'), idOf('ana'), idOf('king')];
    const { texts, pairs, averageCosine } = await questions.compare(
      ['ban', `#${ids[1] ?? ''}`, 'king'],
      'bare',
    );
    assert.deepEqual(
      pairs.map(({ a, b }) => [a, b]),
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ],
    );
    for (const { a, b, ...figures } of pairs) {
      const [first, second] = [rows[ids[a]!]!, rows[ids[b]!]!];
      for (const metric of ['cosine', 'centered', 'dot', 'euclidean'] as const) {
        assert.ok(Math.abs(figures[metric] - plainScore(metric, first, second)) < 1e-12, metric);
      }
    }
    assert.equal(averageCosine, 0.3);
    assert.deepEqual(
      texts.map(({ norm }) => norm),
      ids.map((id) => length(rows[id]!)),
    );
  });

  it('that cannot be read say what is wrong', async () => {
    const bad: [string, RegExp][] = [
      ['king - (man', /cannot be read: This “\(” is never closed\. \("\("\)/],
      ['#60000', /0 to 50256/],
      ['   ', /has no token to search\. White space is written in double quotes/],
      ['king - king', /adds up to nothing/],
    ];
    for (const [query, message] of bad) {
      await assert.rejects(questions.neighbors(asked(query)), fails('invalid-query', message));
      await assert.rejects(questions.compare(['king', query], 'bare'), fails('invalid-query', message));
    }
    embeddings.unranked.add(idOf('king'));
    await assert.rejects(
      questions.compare(['king', 'man'], 'bare'),
      fails('invalid-query', /holds NaN or infinity/),
    );
  });

  it('never begin a download, whatever was agreed to before', async () => {
    missing = OFFER;
    await assert.rejects(
      questions.neighbors(asked('king')),
      fails(
        'no-model',
        /GPT-2 \(124M\) \(openai-community\/gpt2\) is not on this machine.*“Tokenscope: Choose Model…”/,
      ),
    );
    assert.equal(embeddings.loads, 0);
    assert.equal(embeddings.state.state, 'none');
  });

  it('do not wait for a download, neither one that goes on nor one that begins', async () => {
    embeddings.become(downloadingState());
    await assert.rejects(
      questions.neighbors(asked('king')),
      fails('downloading', /being downloaded\. Ask again/),
    );
    assert.equal(embeddings.loads, 0);
    embeddings.become({ state: 'none' });
    let left = false;
    embeddings.loading = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          left = true;
          reject(signal.reason as Error);
        });
        embeddings.become(downloadingState());
      });
    await assert.rejects(questions.neighbors(asked('king')), fails('downloading', /being downloaded/));
    assert.equal(left, true);
  });

  it('fail with the reason of the load', async () => {
    embeddings.loading = () => Promise.reject(new Error('/m/x.safetensors: this is no safetensors file.'));
    await assert.rejects(questions.neighbors(asked('king')), fails('failed', /no safetensors file/));
    embeddings.loading = () => Promise.reject(new ModelUndecidedError(OFFER));
    await assert.rejects(questions.neighbors(asked('king')), fails('no-model', /not on this machine/));
    embeddings.loading = () => Promise.reject(new DOMException('Loading was canceled.', 'AbortError'));
    await assert.rejects(questions.neighbors(asked('king')), fails('failed', /Loading was canceled/));
  });

  it('end with the reason of their signal', async () => {
    const reason = new Error('enough');
    await assert.rejects(questions.neighbors(asked('king'), AbortSignal.abort(reason)), reason);
    const abort = new AbortController();
    embeddings.loading = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
        abort.abort(reason);
      });
    await assert.rejects(questions.compare(['king', 'man'], 'bare', abort.signal), reason);
  });

  it('are asked anew of the model that came meanwhile', async () => {
    embeddings.searching = () => {
      embeddings.model = { ...MODEL, name: 'other' };
      embeddings.become({ state: 'ready', model: embeddings.model });
    };
    const { model } = await questions.neighbors(asked('king'));
    assert.equal(model.name, 'other');
    assert.equal(embeddings.asked.length, 2);
  });

  it('give up where the model changes again and again', async () => {
    const change = (): void => {
      embeddings.model = { ...MODEL };
      embeddings.become({ state: 'ready', model: embeddings.model });
      embeddings.searching = change;
    };
    embeddings.searching = change;
    await assert.rejects(questions.neighbors(asked('king')), fails('failed', /changed while the question/));
  });

  it('about a text are answered without a model', async () => {
    const text = 'banana ✨';
    const { tokens, count, tokenizer: name } = await questions.tokenize(text, 100);
    const { ids, offsets } = tokenizer.encodeWithOffsets(text);
    assert.deepEqual(
      tokens.map(({ id, start, end }) => [id, start, end]),
      ids.map((id, index) => [id, ...offsets[index]!]),
    );
    assert.deepEqual([name, count, embeddings.loads, questions.model], ['GPT-2', ids.length, 0, undefined]);
  });
});
