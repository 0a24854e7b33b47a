import { operandsOf, isCompound } from '../../../core/query/formula/formula';
import { parseFormula } from '../../../core/query/formula/parseFormula';
import { spellingVariants, type SpellingVariant } from '../../../core/tokenFacts/spellingVariants';
import { tokenFacts } from '../../../core/tokenFacts/tokenFacts';
import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { VariantTableView, VariantView } from '../../../protocol/compareView';
import { tokenViews } from '../../tokens/tokenView';

/** Two words with the ways to write them. */
export interface PairVariants {
  readonly rows: readonly SpellingVariant[];
  readonly columns: readonly SpellingVariant[];
  /** The texts that are compared. */
  readonly originals: readonly [string, string];
  /** The single tokens among the variants that have a row, each once. */
  readonly ids: readonly number[];
}

/**
 * The ways to write the words of two query lines, with and without a leading space and in three cases.
 *
 * @param rowCount Of the matrix, which may have fewer rows than the tokenizer has tokens.
 * @returns undefined unless each line is one word, one string or one token.
 */
export function pairVariants(
  tokenizer: Tokenizer,
  a: string,
  b: string,
  rowCount: number,
): PairVariants | undefined {
  const first = wordOfLine(tokenizer, a);
  const second = wordOfLine(tokenizer, b);
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const rows = spellingVariants(first, tokenizer);
  const columns = spellingVariants(second, tokenizer);
  const ids = [...rows, ...columns].flatMap(({ id }) => id ?? []).filter((id) => id < rowCount);
  return rows.length === 0 || columns.length === 0
    ? undefined
    : { rows, columns, originals: [first, second], ids: [...new Set(ids)] };
}

/** @param cosineOf Cosine of two tokens; undefined where one of them is not among `ids`, or its row is not ranked. */
export function variantTableView(
  tokenizer: Tokenizer,
  { rows, columns, originals }: PairVariants,
  cosineOf: (a: number, b: number) => number | undefined,
): VariantTableView {
  return {
    rows: rows.map((variant) => variantView(tokenizer, variant, originals[0])),
    columns: columns.map((variant) => variantView(tokenizer, variant, originals[1])),
    cosines: rows.map(({ id: a }) =>
      columns.map(({ id: b }) => (a === undefined || b === undefined ? null : (cosineOf(a, b) ?? null))),
    ),
  };
}

export function variantView(
  tokenizer: Tokenizer,
  { text, ids }: SpellingVariant,
  original: string,
): VariantView {
  return { text, pieces: tokenViews(tokenizer, ids), isOriginal: text === original };
}

function wordOfLine(tokenizer: Tokenizer, line: string): string | undefined {
  const parsed = parseFormula(line);
  if (parsed?.kind !== 'formula' || isCompound(parsed.formula)) {
    return undefined;
  }
  const [operand] = operandsOf(parsed.formula);
  if (operand?.kind !== 'id') {
    return operand?.text;
  }
  if (!tokenizer.hasToken(operand.id)) {
    return undefined;
  }
  const { text, isByteFragment, isSpecial } = tokenFacts(operand.id, tokenizer);
  return isByteFragment || isSpecial ? undefined : text;
}
