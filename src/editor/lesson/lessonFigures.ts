import type { WordForm } from '../../core/query/formula/wordForm';
import type { ModelIdentity } from '../../model/modelLocation';
import type { TokenQuestions } from '../answers/tokenQuestions';
import type { FormChoice } from '../../protocol/queryView';
import type { NeighborsAnswer } from '../answers/tokenAnswers';

/** Words of the second step, and how the tokenizer in use splits them. */
export const SPLIT_WORDS = ['banana', 'apple', 'cosmic'] as const;

/** The pair of the third step. */
export const PAIR = ['ban', 'ana'] as const;

export const NAME = 'Mike';

export const FORMULA = 'king - man + woman';

const MOST_PIECES = 12;

/** How a word is split, as labels: a space is `␣`. */
export interface SplitWord {
  readonly word: string;
  readonly alone: readonly string[];
  readonly afterSpace: readonly string[];
}

export interface NamedScore {
  readonly label: string;
  /** Cosine, −1 … 1. */
  readonly score: number;
}

/** What the lesson tells of the model that is loaded. */
export interface ModelFigures {
  readonly model: ModelIdentity;
  readonly pair: {
    /** Cosine of the pair, −1 … 1. */
    readonly cosine: number;
    /** Mean cosine over all pairs of tokens. */
    readonly average: number;
  };
  readonly name: {
    /** Best first, without the name itself. */
    readonly neighbors: readonly NamedScore[];
    /** Mean cosine of the name with all tokens. */
    readonly average: number;
  };
  /** Nearest to the formula, best first, without its own words. */
  readonly formula: readonly NamedScore[];
}

/** Splits the words of the lesson with the tokenizer in use. */
export function splitWords(questions: Pick<TokenQuestions, 'tokenize'>): Promise<SplitWord[]> {
  const labels = (text: string): Promise<string[]> =>
    questions.tokenize(text, MOST_PIECES).then(
      ({ tokens }) => tokens.map(({ label }) => label),
      // Where words are looked up nothing is split.
      () => [text.trim()],
    );
  return Promise.all(
    SPLIT_WORDS.map(async (word) => ({
      word,
      alone: await labels(word),
      afterSpace: await labels(` ${word}`),
    })),
  );
}

/**
 * Asks the model that is loaded.
 *
 * @param form In which words are meant by the settings: the inspector, too, takes them so.
 * @throws {AnswerError} where one of the questions cannot be answered.
 */
export async function askForFigures(
  questions: Pick<TokenQuestions, 'neighbors' | 'compare'>,
  form: FormChoice,
): Promise<ModelFigures> {
  const ask = (query: string, wordForm: WordForm): Promise<NeighborsAnswer> =>
    questions.neighbors({ query, form: wordForm, metric: 'cosine', k: 4, space: 'any', wordLike: false });
  const [comparison, name, formula] = await Promise.all([
    questions.compare(PAIR, 'bare'),
    ask(NAME, form === 'leadingSpace' ? form : 'bare'),
    // Its words are one token in either form; then the form that is taken by itself has the space, as in running text.
    ask(FORMULA, form === 'automatic' || form === 'leadingSpace' ? 'leadingSpace' : 'bare'),
  ]);
  return {
    model: comparison.model,
    pair: { cosine: comparison.pairs[0]?.cosine ?? NaN, average: comparison.averageCosine },
    name: { neighbors: others(name), average: name.averageScore },
    formula: others(formula),
  };
}

function others({ neighbors }: NeighborsAnswer): NamedScore[] {
  return neighbors.filter(({ isQuery }) => !isQuery).slice(0, 3);
}
