import type { TokenView } from '../../protocol/tokenView';
import { escapeMarkup } from '../markdown/escapeMarkup';
import { SAMPLE_MARK } from '../markdown/sampleMark';
import { row, table } from '../markdown/table';
import { cutText, fittingWidth } from './fittedTexts';
import { bandSpan, linkParts, neighborParts, type HoverLink, type PieceNeighbors } from './hoverCard';

/** A token of a document. */
export interface PlacedToken {
  readonly view: TokenView;
  /** How many tokens of the document come before it. */
  readonly index: number;
}

/** What the card of a token in token bands says. */
export interface TokenCard {
  /** One, or those that share the character that is pointed at. */
  readonly tokens: readonly PlacedToken[];
  readonly before: readonly PlacedToken[];
  readonly after: readonly PlacedToken[];
  /** Tokens of the document, where that is known. */
  readonly count?: number;
  readonly occurrences?: { readonly count: number; readonly where: 'document' | 'visible' };
  readonly measured?: TokenCardValues;
  readonly neighbors?: readonly PieceNeighbors[];
  readonly isSample: boolean;
  readonly links: readonly HoverLink[];
}

/** What bands are colored by. */
export interface TokenCardValues {
  /** What is put before a value, such as `norm`. */
  readonly name: string;
  /** The values come from the embedding matrix. */
  readonly isOfModel: boolean;
  /** Of each of the tokens; undefined where it is not known yet. */
  readonly values: readonly (TokenCardValue | undefined)[];
}

export interface TokenCardValue {
  readonly text: string;
  /** Such as `higher than 64 % of all tokens`. */
  readonly place: string;
  /** Name of its color. */
  readonly fill: string;
}

/** The card as Markdown with HTML, as the card of words is. */
export function tokenCardMarkdown(card: TokenCard): string {
  const { tokens, measured, isSample } = card;
  const parts = [table(tokens.map((token, index) => tokenRow(card, token, index)))];
  if (tokens.length > 1) {
    parts.push(`Drawn as one: each of these ${tokens.length} tokens holds a part of the bytes.`);
  }
  if (measured) {
    const hasNotice = isSample && measured.isOfModel && (card.neighbors ?? []).length === 0;
    parts.push(...(hasNotice ? [SAMPLE_MARK] : []), table(valueRows(card, measured)));
  }
  parts.push('---', 'in the text, with ids', placeTable(card));
  return [...parts, ...neighborParts(card), ...linkParts(card)].join('\n\n');
}

function tokenRow(card: TokenCard, { view, index }: PlacedToken, position: number): string {
  const place =
    card.count === undefined
      ? ''
      : `token ${(index + 1).toLocaleString('en-US')} of ${card.count.toLocaleString('en-US')}`;
  const often = position === 0 ? occurrencesText(card.occurrences) : '';
  return row(
    piece(cutText(view.plain, LONGEST_TOKEN), bandOf(index)),
    `id&nbsp;${view.id}`,
    [place, often].filter((text) => text !== '').join(', '),
  );
}

function occurrencesText(occurrences: TokenCard['occurrences']): string {
  if (!occurrences) {
    return '';
  }
  const { count, where } = occurrences;
  const times = count === 1 ? 'once' : count === 2 ? 'twice' : `${count.toLocaleString('en-US')} times`;
  return `${times} in ${where === 'document' ? 'this document' : 'the visible part'}`;
}

function valueRows({ tokens }: TokenCard, { name, values }: TokenCardValues): string[] {
  return tokens.map(({ view }, index) => {
    const value = values[index];
    const label =
      tokens.length > 1
        ? `${escapeMarkup(name)} <code>${escapeMarkup(view.plain)}</code>`
        : escapeMarkup(name);
    return value
      ? row(label, `<code>${bandSpan(value.text, value.fill)}</code>`, value.place)
      : row(label, '…', '');
  });
}

/** Columns of the editor's font: beside it stand its id, its place and how often it occurs. */
const LONGEST_TOKEN = 16;

/** The same for the tokens around it together, between their arrows. */
const PLACE_COLUMNS = 36;

/** The tokens around it, in the order of the text, each above its id. */
function placeTable({ tokens, before, after, count }: TokenCard): string {
  const first = [...before, ...tokens][0]?.index ?? 0;
  const last = [...tokens, ...after].at(-1)?.index ?? 0;
  const arrow = '▸';
  const isEnd = count !== undefined && last === count - 1;
  const all = [...before, ...tokens, ...after];
  const width = fittingWidth(
    [all.map(({ view }) => view.plain), all.map(({ view }) => String(view.id))],
    PLACE_COLUMNS,
  );
  const cells = all.map((token) => {
    const shown = piece(cutText(token.view.plain, width), bandOf(token.index));
    return tokens.includes(token) ? `<strong>${shown}</strong>` : shown;
  });
  const pieces = [
    first > 0 ? `…&nbsp;${arrow}` : '',
    ...cells.map((cell, index) => (index < cells.length - 1 ? `${cell}&nbsp;${arrow}` : cell)),
    isEnd ? '' : `${arrow}&nbsp;…`,
  ];
  const ids = ['', ...all.map(({ view }) => String(view.id)), ''];
  return table([row(...pieces), row(...ids)]);
}

function piece(text: string, fill: string): string {
  return `<code>${bandSpan(text, fill)}</code>`;
}

const bandOf = (index: number): string => (index % 2 === 0 ? 'bandA' : 'bandB');
