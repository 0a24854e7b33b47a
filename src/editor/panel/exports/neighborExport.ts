import type { Tokenizer } from '../../../core/tokenizer/tokenizer';
import type { QueryMemento } from '../../../protocol/panelMessages';
import type { AnswerView } from '../../../protocol/answerView';
import type { FormChoice } from '../../../protocol/queryView';
import type { LeftOutWords } from '../../../protocol/leftOutWords';
import type { FilterView } from '../../../protocol/panelSnapshot';
import { tokenView } from '../../tokens/tokenView';
import type { ResolvedQuery } from '../../query/resolveQuery';

/** A list of neighbors with all that it takes to get it again. */
export interface NeighborExport {
  readonly query: QueryMemento;
  /** What the query adds up, as it was written: weights times tokens. */
  readonly terms: readonly { readonly id: number; readonly token: string; readonly weight: number }[];
  /** Left out of the answer. */
  readonly excludedIds: readonly number[];
  readonly k: number;
  readonly filter: FilterView;
  readonly leftOut: LeftOutWords;
  readonly answer: AnswerView;
  /** Of Tokenscope. */
  readonly version: string;
}

export function neighborExport(
  tokenizer: Tokenizer,
  query: QueryMemento,
  resolved: ResolvedQuery,
  answer: AnswerView,
  asked: Pick<NeighborExport, 'k' | 'filter' | 'leftOut' | 'version'>,
): NeighborExport {
  const { context } = query;
  const form = formOf(query, resolved);
  return {
    // Where the form does not need it, a piece of the user's document is nobody's business.
    query: {
      text: query.text,
      form,
      vector: query.vector,
      ...(form === 'inDocument' && context && { context }),
    },
    terms: resolved.terms.map(({ id, weight }) => ({ id, token: tokenView(tokenizer, id).plain, weight })),
    excludedIds: resolved.excludedIds,
    answer,
    ...asked,
  };
}

/** The form that was searched: of `automatic` the one that was taken, for in another tokenizer it might be another one. */
export function formOf(query: QueryMemento, { view }: ResolvedQuery): FormChoice {
  return view.forms.find(({ selected }) => selected)?.kind ?? query.form;
}

/** The filter in words; `none` where all tokens may be answered. */
export function filterLine({
  space,
  wordLike,
  hideByteFragments,
  text,
  minimumScore,
  excludedIds = [],
}: FilterView): string {
  const parts = [
    ...(space === 'any' ? [] : [`${space} leading space`]),
    ...(wordLike ? ['words only'] : []),
    ...(hideByteFragments ? ['no byte fragments'] : []),
    ...(text === '' ? [] : [`text contains ${JSON.stringify(text)}`]),
    ...(minimumScore === undefined ? [] : [`score limit ${minimumScore}`]),
    ...(excludedIds.length === 0 ? [] : [`without ${excludedIds.map((id) => `#${id}`).join(', ')}`]),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}

/** The terms as a sum: `1 × king #3364 − 1 × man #805`. */
export function termsLine(terms: NeighborExport['terms']): string {
  return terms
    .map(({ id, token, weight }, index) => {
      const sign = weight < 0 ? '− ' : index === 0 ? '' : '+ ';
      return `${sign}${Number(Math.abs(weight).toPrecision(6))} × ${token} #${id}`;
    })
    .join(' ');
}

/** How the query's words were meant. */
export function formLine({ form, vector }: QueryMemento): string {
  const forms = {
    automatic: 'each word in its form of fewer tokens',
    bare: 'bare',
    leadingSpace: 'with leading space',
    inDocument: 'as in the document',
  };
  return vector === 'mean' ? forms[form] : `${forms[form]}, piece ${vector + 1} alone`;
}
