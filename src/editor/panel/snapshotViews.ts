import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { NeighborAnswer } from '../../engine/embeddingEngine';
import type { EmbeddingState } from '../../engine/embeddingState';
import { HubError } from '../../model/hub/hubError';
import type { ModelIdentity } from '../../model/modelLocation';
import type { AnswerView, EmbeddingsView, ModelView } from '../../protocol/panelSnapshot';
import { tokenView } from '../tokens/tokenView';

/** Engine results as what the panel draws. */

export function modelView(model: ModelIdentity): ModelView {
  const { name, isSample, isVerified, path, tensorName, dtype, rowCount, dimension, warnings } = model;
  return { name, isSample, isVerified, path, tensorName, dtype, rowCount, dimension, warnings };
}

export function embeddingsView(state: EmbeddingState): EmbeddingsView {
  switch (state.state) {
    case 'none':
    case 'locating':
      return { state: state.state };
    case 'undecided':
      return { state: 'undecided', offer: state.offer };
    case 'downloading':
      return { state: 'downloading', download: state.download };
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
      return failedView(state.reason, state.error);
  }
}

export function answerView(
  tokenizer: Tokenizer,
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

function failedView(reason: string, error: Error): EmbeddingsView {
  if (!HubError.is(error)) {
    return { state: 'failed', reason };
  }
  return {
    state: 'failed',
    reason,
    ...(error.detail !== undefined && { detail: error.detail }),
    ...(error.wholeFileBytes !== undefined && { wholeFile: { bytes: error.wholeFileBytes } }),
  };
}
