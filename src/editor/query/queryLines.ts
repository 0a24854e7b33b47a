import type { Formula } from '../../core/query/formula/formula';
import { parseFormula } from '../../core/query/formula/parseFormula';
import { formOfOperand } from '../../core/query/formula/wordForm';
import { isBareWord, printFormula, queryLineOf } from '../../core/query/formula/printFormula';
import { LONGEST_LABEL_BYTES } from '../../core/tokenizer/tokenLabel';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { QueryMemento } from '../../protocol/panelMessages';
import type { FormChoice } from '../../protocol/queryView';
import { resolveQuery } from './resolveQuery';

/**
 * The query that means one token: its text where typing that gives the token again, else `#id`.
 */
export function queryForToken(tokenizer: Tokenizer, id: number): QueryMemento {
  const text = typedText(tokenizer, id);
  const word = text?.startsWith(' ') === true ? text.slice(1) : text;
  return word !== undefined && isBareWord(word)
    ? { text: word, form: word === text ? 'bare' : 'leadingSpace', vector: 'mean' }
    : { text: `#${id}`, form: 'bare', vector: 'mean' };
}

/** The query that means the mean of some tokens. @throws {RangeError} for none. */
export function meanOfTokens(tokenizer: Tokenizer, ids: readonly number[]): QueryMemento {
  const [first] = ids;
  if (first === undefined) {
    throw new RangeError('There are no tokens to take the mean of.');
  }
  return ids.length === 1
    ? queryForToken(tokenizer, first)
    : { text: `mean(${ids.map((id) => `#${id}`).join(', ')})`, form: 'bare', vector: 'mean' };
}

/** The line that means one token whatever form is chosen beside it: `Mike`, `" Mike"`, or `#id` where no text gives the token. */
export function lineOfToken(tokenizer: Tokenizer, id: number): string {
  const text = typedText(tokenizer, id);
  return text === undefined ? `#${id}` : queryLineOf(text);
}

/** The line that means, with bare words, what a query means with its form and its vector. */
export function bareLineOf(tokenizer: Tokenizer, query: QueryMemento): string {
  const resolved = resolveQuery(tokenizer, query);
  const parsed = parseFormula(query.text);
  if (resolved === undefined || parsed?.kind !== 'formula') {
    return query.text;
  }
  if (resolved.tokenId !== undefined) {
    const { tokenId } = resolved;
    return /^\s*#/.test(query.text) ? query.text : lineOfToken(tokenizer, tokenId);
  }
  switch (resolved.view.forms.find(({ selected }) => selected)?.kind) {
    case 'leadingSpace':
      return printFormula(withSpaces(parsed.formula, () => true));
    case 'automatic':
      return printFormula(
        withSpaces(parsed.formula, (word) => formOfOperand(tokenizer, word) === 'leadingSpace'),
      );
    case 'inDocument': {
      const ids = resolved.view.pieces.map(({ id }) => id);
      return wordOfTokens(tokenizer, ids) ?? `mean(${ids.map((id) => `#${id}`).join(', ')})`;
    }
    default:
      return query.text;
  }
}

/** The text that gives exactly this token when it is typed; undefined where there is none that anybody would type. */
function typedText(tokenizer: Tokenizer, id: number): string | undefined {
  if (!tokenizer.hasToken(id) || tokenizer.tokenBytes(id).length > LONGEST_LABEL_BYTES) {
    return undefined;
  }
  const text = tokenizer.decode([id]);
  const ids = text === '' ? [] : tokenizer.encode(text);
  return ids.length === 1 && ids[0] === id ? text : undefined;
}

/** The line whose text has exactly these tokens; undefined where typing gives others. */
function wordOfTokens(tokenizer: Tokenizer, ids: readonly number[]): string | undefined {
  if (!ids.every((id) => tokenizer.hasToken(id))) {
    return undefined;
  }
  const text = tokenizer.decode(ids);
  return tokenizer.encode(text).join() === ids.join() ? queryLineOf(text) : undefined;
}

/** The formula with strings in place of words. @param isSpaced Whether a word has a space before it. */
function withSpaces(formula: Formula, isSpaced: (word: string) => boolean): Formula {
  switch (formula.kind) {
    case 'negative':
    case 'scaled':
      return { ...formula, operand: withSpaces(formula.operand, isSpaced) };
    case 'mean':
      return { ...formula, arguments: formula.arguments.map((argument) => withSpaces(argument, isSpaced)) };
    case 'sum':
      return {
        ...formula,
        first: withSpaces(formula.first, isSpaced),
        rest: formula.rest.map(({ sign, operand }) => ({ sign, operand: withSpaces(operand, isSpaced) })),
      };
    default:
      return formula.kind === 'word' && isSpaced(formula.text)
        ? { kind: 'string', text: ` ${formula.text}`, start: formula.start, end: formula.end }
        : formula;
  }
}

/** The query that means a word of a document: in quotes where its text would be read as a formula. */
export function queryOfWord(
  { text, context }: Pick<QueryMemento, 'text' | 'context'>,
  form: FormChoice,
): QueryMemento {
  return { text: queryLineOf(text), form, vector: 'mean', ...(context && { context }) };
}
