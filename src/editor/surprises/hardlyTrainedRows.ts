import type { TokenMeasures } from '../../engine/questions/tokenMeasures';
import { MAX_MEASURED } from '../../engine/questions/tokenValues';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { ModelIdentity } from '../../model/modelLocation';
import { underTrainedSentence, underTrainedThreshold } from '../tokens/underTrained';

/** Sentences by token id. */
export type TokenSentences = ReadonlyMap<number, string>;

const NONE: TokenSentences = new Map();

/** What belongs to one model. */
interface ModelRows {
  readonly model: ModelIdentity;
  readonly closing: AbortController;
  sentences: Promise<TokenSentences> | undefined;
}

/**
 * The tokens of the loaded model that it can hardly have been trained on, by the criterion of the token page. All rows are measured once
 * a model, so that marks ask the engine nothing while somebody types. Never loads a model.
 */
export class HardlyTrainedRows {
  private rows: ModelRows | undefined;
  private readonly listener: { dispose(): void };

  /** @param onDidChange Called when another model is ready, or none any more. */
  constructor(
    private readonly session: Pick<EmbeddingSession, 'state' | 'onDidChangeState' | 'ask'>,
    onDidChange: () => void,
  ) {
    let model = this.model;
    this.listener = session.onDidChangeState(() => {
      if (this.model !== model) {
        model = this.model;
        this.forget();
        onDidChange();
      }
    });
  }

  /** What is to be said of the tokens; none while no model is ready, and of the sample vectors, which nobody trained. */
  async sentences(): Promise<TokenSentences> {
    const { model } = this;
    if (!model) {
      return NONE;
    }
    const rows = (this.rows ??= { model, closing: new AbortController(), sentences: undefined });
    rows.sentences ??= this.measure(rows);
    try {
      return await rows.sentences;
    } catch {
      // Whatever ended it, the state of the embeddings tells it; the next change of a document tries again.
      rows.sentences = undefined;
      return NONE;
    }
  }

  dispose(): void {
    this.listener.dispose();
    this.forget();
  }

  private get model(): ModelIdentity | undefined {
    const { state } = this.session;
    return state.state === 'ready' && !state.model.isSample ? state.model : undefined;
  }

  /** A question to a model that is given up would load another. */
  private forget(): void {
    this.rows?.closing.abort(new DOMException('Another model was chosen.', 'AbortError'));
    this.rows = undefined;
  }

  private async measure({ model, closing: { signal } }: ModelRows): Promise<TokenSentences> {
    const distances = new Float64Array(model.rowCount);
    let nearest = NaN;
    for (let first = 0; first < model.rowCount; first += MAX_MEASURED) {
      const ids = Array.from({ length: Math.min(MAX_MEASURED, model.rowCount - first) }, (_, i) => first + i);
      const { values, percentiles } = await this.session.ask(
        'tokenValues',
        { measure: { kind: 'centroidDistance' }, ids },
        signal,
      );
      signal.throwIfAborted();
      distances.set(values, first);
      nearest = percentiles[1] ?? NaN;
    }
    const candidate = distances.findIndex((distance) => distance <= nearest);
    return candidate < 0
      ? NONE
      : sentencesOf(distances, nearest, await this.session.ask('measureToken', candidate, signal));
  }
}

/**
 * @param distances Of all rows; NaN where a row is not ranked.
 * @param nearest What the nearest 1 % do not exceed: more than can be hardly trained.
 * @param measures Of any of them, for the distribution.
 */
function sentencesOf(distances: Float64Array, nearest: number, measures: TokenMeasures): TokenSentences {
  const threshold = underTrainedThreshold(measures.centroidDistances);
  const isNear = (distance: number): boolean => distance <= nearest && distance < threshold;
  const ranked = distances.reduce((count, distance) => count + (Number.isNaN(distance) ? 0 : 1), 0);
  const near = distances.filter(isNear).sort();
  const sentences = new Map<number, string>();
  distances.forEach((centroidDistance, id) => {
    if (isNear(centroidDistance)) {
      const centroidPercentile = near.indexOf(centroidDistance) / ranked;
      const sentence = underTrainedSentence({ ...measures, centroidDistance, centroidPercentile });
      if (sentence !== undefined) {
        sentences.set(id, sentence);
      }
    }
  });
  return sentences;
}
