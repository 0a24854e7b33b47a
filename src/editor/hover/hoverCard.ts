import type { TokenView } from '../../protocol/tokenView';
import { escapeMarkup } from '../markdown/escapeMarkup';
import { SAMPLE_MARK } from '../markdown/sampleMark';
import { row, table } from '../markdown/table';
import { columnsOf, cutText, fittingWidth, ROW_COLUMNS } from './fittedTexts';

/** What a hover card says. The layout below turns it into the little HTML that VS Code allows in a hover. */
export interface HoverCard {
  /** As the word stands in the document; undefined where that is not known or the same as `alone`. */
  readonly here?: readonly TokenView[];
  /** The word by itself. */
  readonly alone: readonly TokenView[];
  /** Where words are looked up, or there is no tokenizer: what is not found and why, a sentence; empty where all is found. */
  readonly notFound?: string;
  /** The word with a space before it, where that is one token and neither of the others shows it. */
  readonly withSpace?: TokenView;
  /** Nearest neighbors of pieces, once embeddings are loaded. */
  readonly neighbors?: readonly PieceNeighbors[];
  /** The numbers come from sample vectors: said where they stand. */
  readonly isSample: boolean;
  readonly links: readonly HoverLink[];
}

export interface PieceNeighbors {
  readonly piece: TokenView;
  readonly nearest: readonly { readonly token: TokenView; readonly score: number }[];
}

export interface HoverLink {
  /** About the model that the numbers come from, not about the word: in a line of its own. */
  readonly isOfModel?: boolean;
  /** Codicon name without `$()`. */
  readonly icon: string;
  readonly title: string;
  readonly tooltip: string;
  readonly command: string;
  /** What the command gets. */
  readonly argument?: unknown;
}

/** More pieces than this are counted, not shown. */
const MAX_PIECES = 8;

/** The card as Markdown with HTML; needs `supportHtml`, `supportThemeIcons` and trust for the links' commands. */
export function hoverMarkdown(card: HoverCard): string {
  return [splitTable(card), ...neighborParts(card), ...linkParts(card)].join('\n\n');
}

/** What has been found of the nearest tokens, under a line. */
export function neighborParts({ neighbors, isSample }: Pick<HoverCard, 'neighbors' | 'isSample'>): string[] {
  if (!neighbors || neighbors.length === 0) {
    return [];
  }
  const label = isSample ? `${SAMPLE_MARK} · nearest by cosine` : 'nearest by cosine';
  return ['---', label, neighborTable(neighbors)];
}

/** The links, under a line. */
export function linkParts({ links }: Pick<HoverCard, 'links'>): string[] {
  const isOfModel = (link: HoverLink): boolean => link.isOfModel === true;
  const lines = [links.filter((link) => !isOfModel(link)), links.filter(isOfModel)]
    .filter((line) => line.length > 0)
    .map((line) => line.map(linkMarkdown).join('&nbsp;&nbsp; '));
  return links.length > 0 ? ['---', lines.join('<br>')] : [];
}

interface Split {
  readonly label: string;
  readonly pieces: readonly TokenView[];
  readonly shown: readonly TokenView[];
}

/** Ids stand beside the pieces where there is room for them in one line, else below. */
function splitTable({ here, alone, withSpace, notFound }: HoverCard): string {
  if (notFound !== undefined) {
    return foundParts(alone, notFound);
  }
  const splits = [
    ...(here ? [splitOf('here', here)] : []),
    splitOf('alone', alone),
    ...(withSpace ? [splitOf('after&nbsp;a&nbsp;space', [withSpace])] : []),
  ];
  const areBeside = splits.every(
    ({ shown }) =>
      columnsOf(shown.map(({ plain }) => plain).join('')) + columnsOf(idsOf(shown)) <= ROW_COLUMNS,
  );
  return table(splits.flatMap((split) => splitRows(split, areBeside)));
}

/** The words that are found, each with its row, and what is not. */
function foundParts(found: readonly TokenView[], notFound: string): string {
  const rows = found
    .slice(0, MAX_PIECES)
    .map((piece) => row(pieceSpans([piece]), `row&nbsp;${piece.id.toLocaleString('en-US')}`));
  const more = found.length > MAX_PIECES ? [`and ${found.length - MAX_PIECES} more`] : [];
  return [
    ...(rows.length > 0 ? [table(rows)] : []),
    ...more,
    ...(notFound === '' ? [] : [escapeMarkup(notFound)]),
  ].join('\n\n');
}

/** As many pieces as there is room for in one line. */
function splitOf(label: string, pieces: readonly TokenView[]): Split {
  let columns = 0;
  const end = pieces.findIndex(({ plain }, index) => {
    columns += columnsOf(plain);
    return index === MAX_PIECES || (index > 0 && columns > ROW_COLUMNS);
  });
  return { label, pieces, shown: end < 0 ? pieces : pieces.slice(0, end) };
}

function splitRows({ label, pieces, shown }: Split, areBeside: boolean): string[] {
  const more = pieces.length > shown.length ? '&nbsp;…' : '';
  const spans = `${pieceSpans(shown)}${more}`;
  const ids = `${idsOf(shown)}${more}`;
  const note = countNote(pieces);
  return areBeside ? [row(label, spans, ids, note)] : [row(label, spans, note), row('', ids, '')];
}

const idsOf = (pieces: readonly TokenView[]): string => pieces.map(({ id }) => id).join(' ');

function countNote(pieces: readonly TokenView[]): string {
  const [first] = pieces;
  if (pieces.length !== 1 || !first) {
    return `${pieces.length} tokens`;
  }
  const leadsWithSpace = first.label.segments[0]?.kind === 'space' && first.label.segments.length > 1;
  return leadsWithSpace ? '1 token, the space belongs to it' : '1 token';
}

/** Alternating fills and a gap: the gap marks the boundary, the color only helps. */
function pieceSpans(pieces: readonly TokenView[]): string {
  const spans = pieces.map((piece, index) =>
    bandSpan(cutText(piece.plain, ROW_COLUMNS), index % 2 === 0 ? 'bandA' : 'bandB'),
  );
  return `<code>${spans.join('</code>&#8202;<code>')}</code>`;
}

/** Text on a fill, named as the color is: `bandA`, `value3`. */
export function bandSpan(text: string, fill: string): string {
  const style = `background-color:var(--vscode-tokenscope-${fill});border-radius:3px;`;
  return `<span style="${style}">${escapeMarkup(text)}</span>`;
}

function neighborTable(neighbors: readonly PieceNeighbors[]): string {
  const width = fittingWidth(
    neighbors.map(({ piece, nearest }) => [piece.plain, ...nearest.map(({ token }) => token.plain)]),
  );
  const fitted = ({ plain }: TokenView): string => code(cutText(plain, width));
  return table(
    neighbors.map(({ piece, nearest }) =>
      row(
        fitted(piece),
        ...nearest.map(({ token, score }) => `${fitted(token)}&nbsp;${formatSimilarity(score)}`),
      ),
    ),
  );
}

/** Three decimals; minus as U+2212, as wide as a digit. */
export function formatSimilarity(score: number): string {
  const text = Math.abs(score).toFixed(3);
  return score < 0 && text !== '0.000' ? `−${text}` : text;
}

function linkMarkdown({ icon, title, tooltip, command, argument }: HoverLink): string {
  // The words of a link stay together.
  const text = title.replaceAll(' ', '&nbsp;');
  return `[$(${icon}) ${text}](${commandUri(command, argument)} "${tooltip}")`;
}

/** Parentheses would end a Markdown link's target. */
function commandUri(command: string, argument: unknown): string {
  if (argument === undefined) {
    return `command:${command}`;
  }
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${encoded}`;
}

const code = (text: string): string => `<code>${escapeMarkup(text)}</code>`;
