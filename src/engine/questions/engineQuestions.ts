import type { LinearMap } from '../../core/embedding/linearMap';
import { handingOver } from './crossing';
import type { Comparison } from './comparison';
import type { GraphProgress } from './graphProgress';
import type { NeighborAnswer, NeighborRequest } from './neighborAnswer';
import { inColumns, manyInColumns, someInColumns } from './neighborColumns';
import { withOwnBitmap, withOwnBitmaps } from './ownBitmap';
import { question, questionWithProgress, type Question } from './question';
import type { QueryVector } from './queryVector';
import type { RankAnswer, RankRequest } from './rankAnswer';
import type { TokenMeasures } from './tokenMeasures';
import type { TokenPath, TokenPathRequest } from './tokenPath';
import type { TokenMeasure, TokenValues, TokenValuesRequest } from './tokenValues';
import type { ValuesOfAll } from './valuesOfAll';
import type { Verification } from './verification';
import type { LayoutProgress, VocabularyLayout } from './vocabularyLayout';

/**
 * All that can be asked of an engine. A new question is an entry here and a function in `src/engine/loaded/engineAnswers.ts`; whatever
 * lies between passes questions on by this map.
 *
 * Every question throws {EngineUnavailableError} when nothing is loaded, or the model's file has changed since, and {RangeError} when a
 * token id is outside the vocabulary or its row holds NaN or infinity, or a weight is beyond what can be added up. Entries say what they
 * throw beside that, and where such a row is no failure.
 */
const entries = {
  neighbors: question<NeighborRequest, NeighborAnswer>({
    parameters: withOwnBitmap(),
    answer: inColumns,
    relabel: (answer, label) => label(answer),
  }),

  /**
   * Answers several questions in one pass over the index. Requests are without projection and distribution.
   *
   * @throws For the first request that fails.
   */
  neighborsOfMany: question<readonly NeighborRequest[], NeighborAnswer[]>({
    parameters: withOwnBitmaps(),
    answer: manyInColumns,
    relabel: (answers, label) => answers.map(label),
  }),

  /**
   * Answers what needs no work: from the neighbor graph, or from an index that is in memory already. The index is neither read
   * nor built. For hovers. Requests are without projection and distribution.
   *
   * Gives an answer for each request, in their order; undefined where neither can give it.
   *
   * @throws For the first request that fails.
   */
  neighborsWithoutIndex: question<readonly NeighborRequest[], (NeighborAnswer | undefined)[]>({
    parameters: withOwnBitmaps(),
    answer: someInColumns,
    relabel: (answers, label) => answers.map((answer) => answer && label(answer)),
  }),

  /** @throws {RangeError} for more than `MAX_RANKED` ids, or one that is not ranked. */
  ranks: question<RankRequest, RankAnswer>({
    parameters: withOwnBitmap(),
    answer: handingOver(({ scores, ranks }) => [scores, ranks]),
  }),

  /**
   * Sets 1 … `MAX_COMPARED` vectors side by side. Rows that hold NaN or infinity are no failure: see {@link Comparison}.
   *
   * @throws {RangeError} for none or too many.
   */
  compare: question<readonly QueryVector[], Comparison>({
    answer: handingOver(({ vectors, norms, normPercentiles, pearson, scores }) => [
      vectors,
      norms,
      normPercentiles,
      pearson,
      ...Object.values(scores),
    ]),
  }),

  /** Measures the token with this id. Its two small histograms are the engine's own: copied. */
  measureToken: question<number, TokenMeasures>(),

  /**
   * Measures some tokens, for colors and marks. A norm or distance is looked up; a score is computed from the row. An id that is not
   * ranked is no failure: see {@link TokenValues}.
   *
   * @throws {RangeError} for more than `MAX_MEASURED` ids.
   */
  tokenValues: question<TokenValuesRequest, TokenValues>({
    answer: handingOver(({ values, percentiles }) => [values, percentiles]),
  }),

  /** One measure of all tokens, with its histogram, to color the whole map by. A row that is not ranked is no failure: its value is NaN. */
  valuesOfAll: question<TokenMeasure, ValuesOfAll>({
    answer: handingOver(({ values, distribution }) => [values, distribution.counts]),
  }),

  /** Runs the plain loop over all rows, read from the file, beside the fast path. */
  verify: question<NeighborRequest, Verification>({ parameters: withOwnBitmap() }),

  /**
   * The rows of at most `MAX_RANKED` ids as text, values separated by tabs, rows by line feeds: for the TensorFlow projector. Each value in
   * the fewest digits that give its single-precision value back.
   *
   * @throws {RangeError} for more ids, or one that is not ranked.
   */
  embeddingsTsv: question<readonly number[], string>(),

  /**
   * The ids of the rows that equal the row of an id, rising, without that id. Equal is every value as the checkpoint holds it, bit for bit:
   * 0 and −0 differ.
   */
  equalRows: question<number, Uint32Array>({ answer: handingOver((ids) => [ids]) }),

  /**
   * Computes the neighbor graph of the whole vocabulary, or goes on with one that was interrupted, and keeps it in the cache
   * folder. Other questions are answered meanwhile. Resolves at once where it is there already. Where the signal is aborted, what is done
   * is kept.
   *
   * @throws {RangeError} for a matrix that would take too long or too much memory, and where nothing can be kept.
   */
  buildGraph: questionWithProgress<undefined, undefined, GraphProgress>({
    isLast: ({ fraction }) => fraction === 1,
  }),

  /**
   * The cheapest way from one token to another over the lists of the neighbor graph, where a step costs (1 − cosine)²: some tenths of a
   * second. undefined where no way leads there, as to a row that has no neighbors, and where there is no neighbor graph. Rows are not
   * read, so that one with NaN or infinity is no failure.
   */
  pathBetween: question<TokenPathRequest, TokenPath | undefined>({
    answer: handingOver((path) => [path?.ids, path?.similarities]),
  }),

  /** All rows on the two axes along which they spread most: some hundred milliseconds, also where there is no neighbor graph. */
  linearMap: question<undefined, LinearMap>({ answer: handingOver(({ positions }) => [positions]) }),

  /**
   * The layout of the whole vocabulary, which is made from the neighbor graph where none is kept: some seconds, in which other questions
   * are answered and the positions so far are told. undefined where there is no neighbor graph.
   *
   * @throws {RangeError} where no row has a place, and when the memory cannot be had.
   */
  layout: questionWithProgress<undefined, VocabularyLayout | undefined, LayoutProgress>({
    answer: handingOver(memoryOfLayout),
    isLast: ({ fraction }) => fraction === 1,
  }),

  /** That layout where one is kept: opened, some milliseconds. undefined where none is; nothing is made. */
  keptLayout: question<undefined, VocabularyLayout | undefined>({ answer: handingOver(memoryOfLayout) }),
};

function memoryOfLayout(layout: VocabularyLayout | undefined) {
  return [
    layout?.positions,
    layout?.near,
    ...(layout?.regions ?? []).flatMap(({ regionOf, typicalRows, typicality, places }) => [
      regionOf,
      typicalRows,
      typicality,
      places,
    ]),
  ];
}

/** The types of a question. */
interface QuestionTypes<Parameters, Answer, Progress> {
  readonly parameters: Parameters;
  readonly answer: Answer;
  readonly progress: Progress;
}

type TypesOf<Entry> =
  Entry extends Question<infer Parameters, infer Answer, infer Progress>
    ? QuestionTypes<Parameters, Answer, Progress>
    : never;

/** The types of all questions. Who passes on a question of any name does so by these, and the compiler knows that they belong together. */
export type EngineQuestions = { readonly [Q in keyof typeof entries]: TypesOf<(typeof entries)[Q]> };

export type EngineQuestion = keyof EngineQuestions;
export type ParametersOf<Q extends EngineQuestion> = EngineQuestions[Q]['parameters'];
export type AnswerOf<Q extends EngineQuestion> = EngineQuestions[Q]['answer'];
export type ProgressOf<Q extends EngineQuestion> = EngineQuestions[Q]['progress'];

/** Who is told the progress of a question; undefined where it tells none. */
export type ListenerOf<Q extends EngineQuestion> = [ProgressOf<Q>] extends [never]
  ? undefined
  : (progress: ProgressOf<Q>) => void;

export const engineQuestions: {
  readonly [Q in EngineQuestion]: Question<ParametersOf<Q>, AnswerOf<Q>, ProgressOf<Q>>;
} = entries;
