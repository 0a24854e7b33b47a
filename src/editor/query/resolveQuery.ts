import {
  isCompound,
  operandsOf,
  type Formula,
  type FormulaOperandNode,
} from '../../core/query/formula/formula';
import { formulaTerms } from '../../core/query/formula/formulaTerms';
import { idsOfWords, type AskedWords } from '../../core/query/formula/idsOfWords';
import { formOfOperand, formTaken } from '../../core/query/formula/wordForm';
import { parseFormula } from '../../core/query/formula/parseFormula';
import type { LabelKind } from '../../core/labels/labelKind';
import { notFoundText } from '../../core/labels/notFoundText';
import { meanTerms, type QueryTerm } from '../../core/query/meanTerms';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import { DEFAULT_LEFT_OUT, leavesOutWords, type LeftOutWords } from '../../protocol/leftOutWords';
import type { QueryMemento } from '../../protocol/panelMessages';
import type {
  FormChoice,
  FormReason,
  FormView,
  QueryView,
  SyntaxErrorView,
  VectorView,
} from '../../protocol/queryView';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { tokenView, tokenViews } from '../tokens/tokenView';

/** A query with everything that its line, its form and its vector decide. */
export interface ResolvedQuery {
  readonly view: QueryView;
  /** The vector to search, Σ weight · row; empty where the text gives no token or cannot be read. */
  readonly terms: readonly QueryTerm[];
  /** The tokens that the answer leaves out: those that spell its words. */
  readonly excludedIds: readonly number[];
  /** The token that it means; undefined for several. */
  readonly tokenId: number | undefined;
}

/**
 * Finds the tokens that a query means, the forms it can take, and the vector to search.
 *
 * @param rowCount Rows of the loaded matrix, which may have more of them than the tokenizer has tokens; ids are not checked where it
 *   is not given.
 * @param leftOut Of which queries the words are left out of the answer.
 * @returns undefined for a line without anything to search.
 */
export function resolveQuery(
  tokenizer: Tokenizer,
  query: QueryMemento,
  rowCount = Number.POSITIVE_INFINITY,
  leftOut: LeftOutWords = DEFAULT_LEFT_OUT,
): ResolvedQuery | undefined {
  const read = readQuery(tokenizer, query, rowCount);
  if (!read) {
    return undefined;
  }
  const { asked, ...resolved } = read;
  const excludedIds = leavesOutWords(read.view, leftOut) ? idsOfWords(asked, tokenizer, rowCount) : [];
  return { ...resolved, excludedIds };
}

/** The tokens that a query's line names, in its order; none where it cannot be read. */
export function tokensOfQuery(tokenizer: Tokenizer, query: QueryMemento): number[] {
  return resolveQuery(tokenizer, query)?.view.pieces.map(({ id }) => id) ?? [];
}

/** A query as it was read, before anything is left out of its answer. */
interface ReadQuery extends Omit<ResolvedQuery, 'excludedIds'> {
  readonly asked: readonly AskedWords[];
}

function readQuery(tokenizer: Tokenizer, query: QueryMemento, rowCount: number): ReadQuery | undefined {
  const parsed = parseFormula(query.text);
  if (parsed?.kind !== 'formula') {
    return parsed && unreadable(query.text, parsed.error);
  }
  const { formula } = parsed;
  const word = isCompound(formula) ? undefined : wordOf(formula, query);
  return word === undefined
    ? resolveFormula(tokenizer, query, formula, rowCount)
    : resolveWord(tokenizer, query, word, rowCount);
}

/**
 * The word whose form can be chosen; undefined for a string, which is meant as it is, and for an id. A string that came out of a
 * document is in quotes only so that nothing in it is read as a formula.
 */
function wordOf(formula: Formula, query: QueryMemento): string | undefined {
  return formula.kind === 'word' || (formula.kind === 'string' && query.context !== undefined)
    ? formula.text
    : undefined;
}

function resolveWord(tokenizer: Tokenizer, query: QueryMemento, text: string, rowCount: number): ReadQuery {
  if (tokenizer.missing !== undefined) {
    return unreadable(query.text, { message: tokenizer.missing, start: 0, end: query.text.length });
  }
  if (tokenizer.labelKind !== undefined) {
    return resolveLabel(tokenizer, tokenizer.labelKind, query, text, rowCount);
  }
  const bare = formView(tokenizer, 'bare', tokenizer.encode(text));
  const typed = [bare, formView(tokenizer, 'leadingSpace', tokenizer.encode(` ${text}`))];
  const inDocument = query.context && {
    ...formView(tokenizer, 'inDocument', tokensInPlace(tokenizer, query.context)),
    line: query.context.line,
  };
  const offered = inDocument ? [...typed, inDocument] : typed;
  const forms =
    query.form === 'automatic'
      ? withFormTaken(offered, inDocument ?? bare)
      : withFormChosen(offered, query.form);
  const ids = forms.find(({ selected }) => selected)?.pieces.map(({ id }) => id) ?? [];
  const outside = ids.find((id) => id >= rowCount);
  return outside === undefined
    ? ofOneText(tokenizer, query, { text, ids }, forms)
    : unreadable(query.text, {
        message: `The matrix has no row for token ${outside}: its rows go from 0 to ${rowCount - 1}.`,
        start: 0,
        end: query.text.length,
      });
}

/**
 * A word where texts are looked up: it is found or it is not. Of words there is one form; of tokens those are offered that are found. None is as in
 * a document, since nothing says how a text is split.
 */
function resolveLabel(
  tokenizer: Tokenizer,
  labelKind: LabelKind,
  query: QueryMemento,
  text: string,
  rowCount: number,
): ReadQuery {
  const spelled = labelKind === 'words' ? [text] : [text, ` ${text}`];
  const found = spelled.filter((spelling) => notFoundText(tokenizer, spelling) === undefined);
  const [first] = found;
  if (first === undefined) {
    return unreadable(query.text, {
      message: notFoundText(tokenizer, text) ?? 'There is no word in this.',
      start: 0,
      end: query.text.length,
    });
  }
  const idsOf = (spelling: string): number[] => tokenizer.encode(spelling).filter((id) => id < rowCount);
  if (labelKind === 'words') {
    return ofOneText(tokenizer, query, { text: first, ids: idsOf(first) }, []);
  }
  const offered = found.map((spelling) =>
    formView(tokenizer, spelling === text ? 'bare' : 'leadingSpace', idsOf(spelling)),
  );
  const [standing = formView(tokenizer, 'bare', [])] = offered;
  const isChosen = offered.some(({ kind }) => kind === query.form);
  const forms = isChosen ? withFormChosen(offered, query.form) : withFormTaken(offered, standing);
  const ids = forms.find(({ selected }) => selected)?.pieces.map(({ id }) => id) ?? [];
  return ofOneText(tokenizer, query, { text, ids }, forms);
}

function resolveFormula(
  tokenizer: Tokenizer,
  query: QueryMemento,
  formula: Formula,
  rowCount: number,
): ReadQuery {
  const form = query.form === 'inDocument' ? 'bare' : query.form;
  const resolved = formulaTerms(formula, tokenizer, form, rowCount);
  if (resolved.kind === 'error') {
    return unreadable(query.text, resolved.error);
  }
  const { operands, terms } = resolved;
  const ids = operands.flatMap((operand) => operand.ids);
  if (!isCompound(formula)) {
    return ofOneText(tokenizer, query, { text: operands[0]?.text, ids }, []);
  }
  const pieces = tokenViews(tokenizer, ids);
  return {
    view: {
      text: query.text,
      pieces,
      forms: formulaForms(tokenizer, operandsOf(formula), form),
      vectors: [{ choice: 'mean', selected: true, pieces }],
      formula: {
        operands: operands.map(({ node, weight, ids: operandIds }) => ({
          start: node.start,
          end: node.end,
          weight,
          pieces: tokenViews(tokenizer, operandIds),
        })),
      },
    },
    terms,
    asked: operands,
    tokenId: undefined,
  };
}

/** The forms that the bare words of a formula can take, all of them or each its own; none for a formula of strings and ids alone. */
function formulaForms(
  tokenizer: Tokenizer,
  operands: readonly FormulaOperandNode[],
  chosen: FormChoice,
): FormView[] {
  const idsOf = (textOf: (word: string) => string): number[] =>
    operands.flatMap((operand) => {
      switch (operand.kind) {
        case 'id':
          return operand.id;
        case 'string':
          return tokenizer.encode(operand.text);
        case 'word':
          return tokenizer.encode(textOf(operand.text));
      }
    });
  return tokenizer.labelKind === undefined && operands.some(({ kind }) => kind === 'word')
    ? withFormChosen(
        [
          formView(
            tokenizer,
            'automatic',
            idsOf((word) => (formOfOperand(tokenizer, word) === 'leadingSpace' ? ` ${word}` : word)),
          ),
          formView(
            tokenizer,
            'bare',
            idsOf((word) => word),
          ),
          formView(
            tokenizer,
            'leadingSpace',
            idsOf((word) => ` ${word}`),
          ),
        ],
        chosen,
      )
    : [];
}

function formView(tokenizer: Tokenizer, kind: FormChoice, ids: readonly number[]): FormView {
  return { kind, selected: false, pieces: tokenViews(tokenizer, ids) };
}

/** A form that is not there any more (a query typed anew has no document) falls back to the bare word. */
function withFormChosen(forms: readonly FormView[], chosen: FormChoice): FormView[] {
  const kind = forms.some((form) => form.kind === chosen) ? chosen : 'bare';
  return forms.map((form) => ({ ...form, selected: form.kind === kind }));
}

/** The form that a user means who has not chosen one, marked with the reason. @param standing The form in which the word stands. */
function withFormTaken(forms: readonly FormView[], standing: FormView): FormView[] {
  const taken = formTaken(standing, forms, ({ pieces }) => pieces.length);
  const reason = reasonOf(taken);
  return forms.map((form) => (form === taken ? { ...form, selected: true, reason } : form));
}

function reasonOf({ kind, pieces }: FormView): FormReason {
  if (pieces.length !== 1) {
    return 'noneIsOneToken';
  }
  return kind === 'inDocument' ? 'oneTokenInDocument' : 'oneToken';
}

/** A word, string or id alone: of several tokens their mean is searched, or one of them. */
function ofOneText(
  tokenizer: Tokenizer,
  query: QueryMemento,
  asked: AskedWords,
  forms: readonly FormView[],
): ReadQuery {
  const { ids } = asked;
  // A piece that the chosen form does not have falls back to the mean.
  const choice = typeof query.vector === 'number' && query.vector < ids.length ? query.vector : 'mean';
  const searched = choice === 'mean' ? ids : ids.slice(choice, choice + 1);
  return {
    view: {
      text: query.text,
      pieces: tokenViews(tokenizer, ids),
      forms,
      vectors: vectorViews(tokenizer, ids, choice),
    },
    terms: meanTerms(searched),
    asked: [asked],
    tokenId: searched.length === 1 ? searched[0] : undefined,
  };
}

function vectorViews(tokenizer: Tokenizer, ids: readonly number[], choice: 'mean' | number): VectorView[] {
  const mean: VectorView = {
    choice: 'mean',
    selected: choice === 'mean' || ids.length === 1,
    pieces: tokenViews(tokenizer, ids),
  };
  return ids.length <= 1
    ? [mean]
    : [
        mean,
        ...ids.map((id, index) => ({
          choice: index,
          selected: choice === index,
          pieces: [tokenView(tokenizer, id)],
        })),
      ];
}

function unreadable(text: string, { message, start, end }: SyntaxErrorView): ReadQuery {
  return {
    view: { text, pieces: [], forms: [], vectors: [], syntaxError: { message, start, end } },
    terms: [],
    asked: [],
    tokenId: undefined,
  };
}
