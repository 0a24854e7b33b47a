import type { WordForm } from '../../core/query/formula/wordForm';
import { idLabel } from '../../core/tokenizer/idLabel';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { Comparison } from '../../engine/questions/comparison';
import type { NeighborAnswer } from '../../engine/questions/neighborAnswer';
import type { ModelIdentity } from '../../model/modelLocation';
import type { ResolvedQuery } from '../query/resolveQuery';
import { answerView } from '../query/answerView';
import { tokensInSlices } from '../tokens/tokensInSlices';
import type {
  AnsweredQuery,
  AnsweredToken,
  ComparedPair,
  ComparisonAnswer,
  NeighborsAnswer,
  Tokenization,
  TokenInText,
} from './tokenAnswers';

/** Results of tokenizer and engine as answers. */

/** @param id A token id of the matrix, which may have more rows than the tokenizer has tokens. */
export function answeredToken(tokenizer: Tokenizer, id: number): AnsweredToken {
  const { plain, quoted } = idLabel(tokenizer, id);
  return { id, label: plain, quoted };
}

/**
 * The text is tokenized in slices.
 *
 * @param most Tokens that are told; the others are only counted.
 * @throws The signal's reason when it is aborted.
 */
export async function tokenization(
  tokenizer: Tokenizer,
  text: string,
  most: number,
  signal?: AbortSignal,
): Promise<Tokenization> {
  const tokens: TokenInText[] = [];
  let count = 0;
  for await (const some of tokensInSlices(tokenizer, text, signal)) {
    count += some.length;
    for (const { id, start, end } of some.slice(0, most - tokens.length)) {
      tokens.push({ ...answeredToken(tokenizer, id), start, end });
    }
  }
  return { tokenizer: tokenizer.name, vocabularySize: tokenizer.vocabularySize, count, tokens };
}

export function answeredQuery(tokenizer: Tokenizer, { view }: ResolvedQuery, form: WordForm): AnsweredQuery {
  const countIn = (kind: WordForm): number | undefined =>
    view.forms.find((other) => other.kind === kind)?.pieces.length;
  const [bare, leadingSpace] = [countIn('bare'), countIn('leadingSpace')];
  return {
    text: view.text,
    form,
    pieces: view.pieces.map(({ id }) => answeredToken(tokenizer, id)),
    tokenCounts: bare === undefined || leadingSpace === undefined ? undefined : { bare, leadingSpace },
    isFormula: view.formula !== undefined,
  };
}

export function neighborsAnswer(
  tokenizer: Tokenizer,
  model: ModelIdentity,
  query: AnsweredQuery,
  { terms, excludedIds }: ResolvedQuery,
  answer: NeighborAnswer,
): NeighborsAnswer {
  const queryIds = new Set(terms.map(({ id }) => id));
  // The panel's view of the answer tells the average also where only the distribution does.
  const { neighbors, averageScore, metric } = answerView(answer, {
    tokenizer,
    queryIds,
    minimumScore: undefined,
  });
  if (averageScore === undefined) {
    throw new Error('Tools and the API answer from a model of this machine, not from a table in a database.');
  }
  return {
    model,
    query,
    metric,
    neighbors: neighbors.map(({ rank, token, score, norm, isQuery }) => ({
      ...answeredToken(tokenizer, token.id),
      rank,
      score,
      norm,
      isQuery,
    })),
    averageScore,
    excluded: excludedIds.map((id) => answeredToken(tokenizer, id)),
  };
}

export function comparisonAnswer(
  model: ModelIdentity,
  texts: readonly AnsweredQuery[],
  comparison: Comparison,
): ComparisonAnswer {
  const { norms, averageCosine, averageCentered } = comparison;
  const pairs = texts.flatMap((_, a) =>
    texts.slice(a + 1).map((__, offset) => comparedPair(comparison, a, a + 1 + offset)),
  );
  return {
    model,
    texts: texts.map((text, index) => ({ ...text, norm: norms[index] ?? NaN })),
    pairs,
    averageCosine,
    averageCentered,
  };
}

function comparedPair({ norms, scores, pearson }: Comparison, a: number, b: number): ComparedPair {
  const at = (values: Float64Array): number => values[a * norms.length + b] ?? NaN;
  return {
    a,
    b,
    cosine: at(scores.cosine),
    centered: at(scores.centered),
    dot: at(scores.dot),
    euclidean: at(scores.euclidean),
    pearson: at(pearson),
  };
}
