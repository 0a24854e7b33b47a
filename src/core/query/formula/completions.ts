import type { Tokenizer } from '../../tokenizer/tokenizer';
import { MAX_FORMULA_LENGTH, type SourceRange } from './formula';
import { formOfOperand, formOfWord, type WordForm, type WordFormChoice } from './wordForm';
import { lexFormula, type Lexeme } from './formulaLexer';
import { isWordAnywhere } from './printFormula';
import { quoteString, readString } from './stringLiteral';
import type { LeadingSpace, PrefixMatch, TokenPrefixIndex } from './tokenPrefixIndex';

export interface TokenCompletion {
  readonly id: number;
  /** The token's text, leading space included. */
  readonly text: string;
  /** What to write instead of the range: `Mike`, `" Mike"`, or `#id` for a token that its text does not give back. */
  readonly insertText: string;
}

export interface Completions {
  /** The part of the line to replace: the word or string under the cursor. */
  readonly range: SourceRange;
  /** Best first. */
  readonly items: readonly TokenCompletion[];
}

/** Most completions of one word: more than a list shows without scrolling far. */
export const MAX_COMPLETIONS = 50;

/** What stands under the cursor. */
interface Fragment {
  readonly range: SourceRange;
  /** The part of the word before the cursor, or of the string, without quotes and escapes. */
  readonly typed: string;
  /** `alone` is a word that may be replaced by a string; `later` one after others (`New Yo`), of whose text it is a part. */
  readonly kind: 'alone' | 'later' | 'string';
}

const REST_OF_WORD = /\S*/y;

/**
 * Tokens that complete the word or the string that ends at, or stands around, the cursor. Written as the line needs it: with bare
 * words meant as `form` says, ` Mike` is `" Mike"` beside bare words and `Mike` where words mean a leading space.
 *
 * @param cursor UTF-16 position, 0 ≤ cursor ≤ length of the line.
 * @returns undefined where no word is being typed.
 */
export function completions(
  line: string,
  cursor: number,
  vocabulary: TokenPrefixIndex,
  form: WordFormChoice = 'bare',
): Completions | undefined {
  const fragment = line.length > MAX_FORMULA_LENGTH ? undefined : fragmentAt(line, cursor);
  if (fragment === undefined) {
    return undefined;
  }
  const { start, end } = fragment.range;
  const isWholeLine = line.slice(0, start).trim() === '' && line.slice(end).trim() === '';
  const { tokenizer } = vocabulary;
  const formOf = (word: string): WordForm =>
    form !== 'automatic' ? form : isWholeLine ? formOfWord(tokenizer, word) : formOfOperand(tokenizer, word);
  const items = matches(fragment, vocabulary).map(({ id, text }) => ({
    id,
    text,
    insertText: insertText(id, text, fragment, tokenizer, formOf),
  }));
  return { range: fragment.range, items };
}

/**
 * The words that complete what is typed, where rows are words.
 *
 * @param wordsWith Those that begin with a text, best first.
 */
export async function wordCompletions(
  line: string,
  cursor: number,
  tokenizer: Tokenizer,
  wordsWith: (prefix: string, limit: number) => Promise<readonly PrefixMatch[]>,
): Promise<Completions | undefined> {
  const fragment = line.length > MAX_FORMULA_LENGTH ? undefined : fragmentAt(line, cursor);
  const prefix = fragment?.typed.trimStart() ?? '';
  if (fragment === undefined || prefix === '') {
    return undefined;
  }
  const found = await wordsWith(prefix, MAX_COMPLETIONS);
  const isLater = fragment.kind === 'later';
  return {
    range: fragment.range,
    items: found
      // What needs quotes would end the words before it.
      .filter(({ text }) => !isLater || isWordAnywhere(text))
      .map(({ id, text }) => ({
        id,
        text,
        insertText: isLater ? text : insertText(id, text, fragment, tokenizer, () => 'bare'),
      })),
  };
}

function matches({ kind, typed }: Fragment, vocabulary: TokenPrefixIndex): PrefixMatch[] {
  if (kind === 'alone') {
    return vocabulary.search(typed, MAX_COMPLETIONS);
  }
  // After white space, or in a string that begins with it, only tokens with the space continue the text.
  const leadingSpace: LeadingSpace = kind === 'later' || typed.startsWith(' ') ? 'with' : 'without';
  const prefix = kind === 'string' && leadingSpace === 'with' ? typed.slice(1) : typed;
  const found = vocabulary.search(prefix, MAX_COMPLETIONS, leadingSpace);
  // What needs quotes would end the words before it.
  return kind === 'later' ? found.filter(({ text }) => isWordAnywhere(text.slice(1))) : found;
}

function insertText(
  id: number,
  text: string,
  { kind }: Fragment,
  tokenizer: Tokenizer,
  formOf: (word: string) => WordForm,
): string {
  if (kind === 'later') {
    return text.slice(1);
  }
  const encoded = tokenizer.encode(text);
  if (encoded.length !== 1 || encoded[0] !== id) {
    return `#${id}`;
  }
  const isSpaced = text.startsWith(' ');
  const word = isSpaced ? text.slice(1) : text;
  const isMeant = formOf(word) === (isSpaced ? 'leadingSpace' : 'bare');
  return kind === 'alone' && isMeant && isWordAnywhere(word) ? word : quoteString(text);
}

function fragmentAt(line: string, cursor: number): Fragment | undefined {
  const lexeme = lexFormula(line).find(({ start, end }) => start < cursor && cursor <= end);
  switch (lexeme?.kind) {
    case 'word':
      return wordFragment(line, cursor, lexeme);
    case 'string':
      return stringFragment(line, cursor, lexeme);
    default:
      return undefined;
  }
}

function wordFragment(line: string, cursor: number, { start, end }: SourceRange): Fragment | undefined {
  let from = cursor;
  while (from > start && !/\s/.test(line[from - 1])) {
    from--;
  }
  if (from === cursor) {
    return undefined;
  }
  REST_OF_WORD.lastIndex = cursor;
  REST_OF_WORD.test(line);
  return {
    range: { start: from, end: Math.min(REST_OF_WORD.lastIndex, end) },
    typed: line.slice(from, cursor),
    kind: from === start ? 'alone' : 'later',
  };
}

function stringFragment(
  line: string,
  cursor: number,
  { start, end, isClosed }: Lexeme & { readonly kind: 'string' },
): Fragment | undefined {
  if (isClosed && cursor === end) {
    return undefined;
  }
  const { text } = readString(line, start, cursor);
  // A string without its closing quote takes in the rest of the line, which is not to be replaced.
  return text === ''
    ? undefined
    : { range: { start, end: isClosed ? end : cursor }, typed: text, kind: 'string' };
}
