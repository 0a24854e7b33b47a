import { analogyLine } from '../answers/analogyLine';
import { shown } from '../answers/checkedValues';
import type { NeighborsQuestion } from '../answers/tokenAnswers';
import type { TokenQuestions } from '../answers/tokenQuestions';
import { compareText } from './compareText';
import { neighborsText } from './neighborsText';
import { MAX_LISTED_TOKENS, tokenizeText } from './tokenizeText';
import {
  parseAnalogyInput,
  parseCompareInput,
  parseNeighborsInput,
  parseTokenizeInput,
  type AnalogyInput,
  type CompareInput,
  type TokenizeInput,
} from './toolInputs';
import type { ToolText } from './toolText';

/** A tool as its name, its input and its answer; VS Code's side of it is `TokenTool`. */
export interface TokenToolDefinition<Input> {
  /** As the manifest contributes it. */
  readonly name: string;
  /** @throws {TypeError | RangeError} with a sentence that says what to change. */
  readonly parse: (input: unknown) => Input;
  /** What is shown to the user while the tool runs. */
  readonly progress: (input: Input) => string;
  /** @throws As {@link TokenQuestions}. */
  readonly answer: (questions: TokenQuestions, input: Input, signal: AbortSignal) => Promise<ToolText>;
}

export const tokenizeTool: TokenToolDefinition<TokenizeInput> = {
  name: 'tokenize_text',
  parse: parseTokenizeInput,
  progress: ({ text }) => `Tokenizing ${shown(text)}`,
  answer: async (questions, { text }, signal) => {
    const isModelLoaded = questions.model !== undefined;
    const answer = await questions.tokenize(text, MAX_LISTED_TOKENS, signal);
    return tokenizeText(answer, text.length, isModelLoaded);
  },
};

export const neighborsTool: TokenToolDefinition<NeighborsQuestion> = {
  name: 'find_token_neighbors',
  parse: parseNeighborsInput,
  progress: ({ query }) => `Finding the tokens nearest to ${shown(query)}`,
  answer: async (questions, input, signal) => neighborsText(await questions.neighbors(input, signal), input),
};

export const compareTool: TokenToolDefinition<CompareInput> = {
  name: 'compare_tokens',
  parse: parseCompareInput,
  progress: ({ queries }) =>
    queries.length === 2
      ? `Comparing ${queries.map(shown).join(' and ')}`
      : `Comparing the embeddings of ${queries.length} texts`,
  answer: async (questions, { queries, form }, signal) =>
    compareText(await questions.compare(queries, form, signal)),
};

export const analogyTool: TokenToolDefinition<AnalogyInput> = {
  name: 'solve_token_analogy',
  parse: parseAnalogyInput,
  progress: ({ a, b, c }) => `Solving ${shown(a)} : ${shown(b)} = ${shown(c)} : ?`,
  answer: async (questions, input, signal) => {
    const query = analogyLine(input);
    const { form, k } = input;
    const question: NeighborsQuestion = { query, form, k, metric: 'cosine', space: 'any', wordLike: false };
    return neighborsText(await questions.neighbors(question, signal), question);
  },
};
