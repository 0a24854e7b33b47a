import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { TokenView } from '../../src/protocol/tokenView';
import type { TokenLabelSegment } from '../../src/protocol/tokenLabel';
import { ofRows } from './rowNames';

/** A line shows its first pieces and counts the others: a query may be thousands of tokens long. */
const MAX_PIECES = 8;

/**
 * The text of a token. A space is drawn as an open box on a real space, so that it copies as a space. It is always
 * inserted as text, and isolated, so that marks for right-to-left text inside it reorder nothing around it.
 */
export function tokenText(token: TokenView): TemplateResult {
  return html`<span class="tok">${token.label.segments.map(segmentText)}</span>`;
}

/** The text of a token, read out by its name where that is another one (`space Mike`). */
export function spokenTokenText(token: TokenView): TemplateResult {
  const drawn = token.label.segments.map(({ text }) => text).join('');
  return token.spoken === drawn
    ? tokenText(token)
    : html`<span class="spoken-only">${spokenTokens([token])}</span
        ><span class="drawn-only" aria-hidden="true">${tokenText(token)}</span>`;
}

const TYPED: Readonly<Partial<Record<TokenLabelSegment['kind'], string>>> = { newline: '\n', tab: '\t' };

/** The token as it stands in a text, with real white space. Bytes that are no text, and what is cut off, stay as they are shown. */
export function typedText({ label }: TokenView): string {
  return label.segments.map(({ kind, text }) => TYPED[kind] ?? text).join('');
}

/** The token that a text is; undefined where it is several or none. */
export function onlyToken(pieces: readonly TokenView[]): TokenView | undefined {
  return pieces.length === 1 ? pieces[0] : undefined;
}

/** Several tokens with a gap at every boundary; a single token without any marking. */
export function piecesText(pieces: readonly TokenView[]): TemplateResult {
  const only = onlyToken(pieces);
  if (only) {
    return tokenText(only);
  }
  const hidden = pieces.length - MAX_PIECES;
  return html`<span class="pieces"
    >${pieces
      .slice(0, MAX_PIECES)
      .map((piece) => html`<span class="piece">${piece.label.segments.map(segmentText)}</span>`)}${
      hidden > 0 ? html`<span class="tiny quiet">+${hidden}</span>` : nothing
    }</span
  >`;
}

function segmentText(segment: TokenLabelSegment): TemplateResult {
  switch (segment.kind) {
    case 'space':
      return html`<span class="sp">${segment.text}</span>`;
    case 'text':
      return html`${segment.text}`;
    default:
      return html`<span class="byte">${segment.text}</span>`;
  }
}

/** Longest name of a token that a screen reader has to read to its end. */
const MAX_SPOKEN_LENGTH = 200;

/** Names of tokens for screen readers, such as `space Mike`. */
export function spokenTokens(tokens: readonly TokenView[]): string {
  const names = tokens
    .slice(0, MAX_PIECES)
    .map(({ spoken }) => spoken)
    .join(', ');
  const shortened = names.length > MAX_SPOKEN_LENGTH ? `${names.slice(0, MAX_SPOKEN_LENGTH)}…` : names;
  return tokens.length > MAX_PIECES ? `${shortened} and ${tokens.length - MAX_PIECES} more` : shortened;
}

/** `1 token`, `2 tokens` */
export function tokenCount(count: number): string {
  return ofRows(count === 1 ? '1 token' : `${count} tokens`);
}
