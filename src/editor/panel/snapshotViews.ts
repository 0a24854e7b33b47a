import type { Gpt2Tokenizer } from '../../core/tokenizer/gpt2Tokenizer';
import type { NeighborAnswer } from '../../engine/embeddingEngine';
import type { EmbeddingState } from '../../engine/embeddingSession';
import type { ModelIdentity } from '../../model/modelLocation';
import type { AnswerView, EmbeddingsView, ModelView } from '../../protocol/panelSnapshot';
import { tokenView } from '../tokens/tokenView';

/** Engine results as what the panel draws. */

export function modelView(model: ModelIdentity): ModelView {
  const { name, isSample, path, tensorName, dtype, rowCount, dimension, warnings } = model;
  return { name, isSample, path, tensorName, dtype, rowCount, dimension, warnings };
}

export function embeddingsView(state: EmbeddingState): EmbeddingsView {
  switch (state.state) {
    case 'none':
    case 'locating':
      return { state: state.state };
    case 'building':
      return {
        state: 'building',
        model: modelView(state.model),
        rowsDone: state.rowsDone,
        rowCount: state.rowCount,
      };
    case 'ready':
      return { state: 'ready', model: modelView(state.model) };
    case 'failed':
      return { state: 'failed', reason: state.reason };
  }
}

export function answerView(
  tokenizer: Gpt2Tokenizer,
  answer: NeighborAnswer,
  queryIds: ReadonlySet<number>,
): AnswerView {
  return {
    metric: 'cosine',
    neighbors: answer.neighbors.map(({ id, score, norm }, index) => ({
      rank: index + 1,
      token: tokenView(tokenizer, id),
      score,
      norm,
      isQuery: queryIds.has(id),
    })),
    averageSimilarity: answer.averageSimilarity,
    ...(answer.projection && { map: answer.projection }),
    milliseconds: answer.milliseconds,
    model: modelView(answer.model),
  };
}
