import { meanTerms, type QueryTerm } from '../../core/query/meanTerms';
import { parseQueryText } from '../../core/query/queryText';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { QueryMemento } from '../../protocol/panelMessages';
import type { FormKind, FormView, QueryView, TokenView, VectorView } from '../../protocol/panelSnapshot';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { tokenView } from '../tokens/tokenView';

/** A query with everything that its line, its form and its vector decide. */
export interface ResolvedQuery {
  readonly view: QueryView;
  /** The direction to search; empty where the text gives no token. */
  readonly terms: readonly QueryTerm[];
}

/**
 * Finds the tokens that a query means, the forms it can take, and the vector to search.
 *
 * @returns undefined for a line without anything to search.
 */
export function resolveQuery(tokenizer: Tokenizer, query: QueryMemento): ResolvedQuery | undefined {
  const parsed = parseQueryText(query.text);
  switch (parsed?.kind) {
    case undefined:
      return undefined;
    case 'id':
      return resolved(tokenizer, query, [parsed.id], []);
    case 'literal':
      return resolved(tokenizer, query, tokenizer.encode(parsed.text), []);
    case 'word': {
      const forms = wordForms(tokenizer, parsed.text, query);
      const ids = forms.find(({ selected }) => selected)?.pieces.map(({ id }) => id) ?? [];
      return resolved(tokenizer, query, ids, forms);
    }
  }
}

function wordForms(tokenizer: Tokenizer, text: string, query: QueryMemento): FormView[] {
  // A form that is not there any more (a query typed anew has no document) falls back to the bare word.
  const chosen: FormKind = query.form === 'inDocument' && !query.context ? 'bare' : query.form;
  const form = (kind: FormKind, ids: readonly number[]): FormView => ({
    kind,
    selected: kind === chosen,
    pieces: views(tokenizer, ids),
  });
  const forms = [form('bare', tokenizer.encode(text)), form('leadingSpace', tokenizer.encode(` ${text}`))];
  if (query.context) {
    forms.push({ ...form('inDocument', tokensInPlace(tokenizer, query.context)), line: query.context.line });
  }
  return forms;
}

function resolved(
  tokenizer: Tokenizer,
  query: QueryMemento,
  ids: readonly number[],
  forms: readonly FormView[],
): ResolvedQuery {
  const pieces = views(tokenizer, ids);
  // A piece that the chosen form does not have falls back to the mean.
  const choice = typeof query.vector === 'number' && query.vector < ids.length ? query.vector : 'mean';
  const searched = choice === 'mean' ? ids : ids.slice(choice, choice + 1);
  return {
    view: { text: query.text, pieces, forms, vectors: vectors(pieces, choice) },
    terms: meanTerms(searched),
  };
}

function vectors(pieces: readonly TokenView[], choice: 'mean' | number): VectorView[] {
  const mean: VectorView = { choice: 'mean', selected: choice === 'mean' || pieces.length === 1, pieces };
  if (pieces.length <= 1) {
    return [mean];
  }
  return [
    mean,
    ...pieces.map((piece, index) => ({ choice: index, selected: choice === index, pieces: [piece] })),
  ];
}

function views(tokenizer: Tokenizer, ids: readonly number[]): TokenView[] {
  return ids.map((id) => tokenView(tokenizer, id));
}

/**
 * The query line that means one token: its text where typing that gives the token again, else `#id`.
 */
export function queryForToken(tokenizer: Tokenizer, id: number): QueryMemento {
  const byId: QueryMemento = { text: `#${id}`, form: 'bare', vector: 'mean' };
  if (id >= tokenizer.vocabularySize) {
    return byId;
  }
  const text = tokenizer.decode([id]);
  const word = text.startsWith(' ') ? text.slice(1) : text;
  const candidate: QueryMemento = {
    text: word,
    form: word === text ? 'bare' : 'leadingSpace',
    vector: 'mean',
  };
  const terms = parseQueryText(word)?.kind === 'word' ? resolveQuery(tokenizer, candidate)?.terms : undefined;
  return terms?.length === 1 && terms[0]?.id === id ? candidate : byId;
}
