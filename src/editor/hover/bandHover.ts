import type * as vscode from 'vscode';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { DocumentToken } from '../../core/tokenizer/documentTokens';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import { formatValue, isOfTokenizer, measureName } from '../bands/bandMeasure';
import type { BandedPlace, MeasuredPlace } from '../bands/bandedPlace';
import { CharacterScale } from '../bands/characterScale';
import type { ValueScale } from '../bands/valueScale';
import { charactersPerToken } from '../documents/tokenCounts';
import { lineOfToken } from '../query/queryLines';
import { tokenView } from '../tokens/tokenView';
import type { HoverLink, PieceNeighbors } from './hoverCard';
import { hoverLinks } from './hoverLinks';
import { SELECT_HOVERED_TOKEN } from './selectHoveredToken';
import type { PlacedToken, TokenCard, TokenCardValue, TokenCardValues } from './tokenCard';

/** The card of the tokens at a place of a document with bands. */
export function tokenCardOf(
  tokenizer: Tokenizer,
  document: vscode.TextDocument,
  place: BandedPlace,
  neighbors: readonly PieceNeighbors[] | undefined,
  embeddings: EmbeddingState,
): TokenCard {
  const placed = (tokens: readonly DocumentToken[]): PlacedToken[] =>
    tokens.map(({ id, index }) => ({ view: tokenView(tokenizer, id), index }));
  const { count, occurrences, measured } = place;
  return {
    tokens: placed(place.tokens),
    before: placed(place.before),
    after: placed(place.after),
    ...(count !== undefined && { count }),
    ...(occurrences && { occurrences }),
    ...(measured && { measured: valuesOf(measured, place) }),
    ...(neighbors && { neighbors }),
    isSample: embeddings.state === 'ready' && embeddings.model.isSample,
    links: links(tokenizer, document, place, embeddings),
  };
}

function valuesOf({ measure, scale, values }: MeasuredPlace, place: BandedPlace): TokenCardValues {
  return {
    name: measure.kind === 'characters' ? 'characters' : measureName(measure),
    isOfModel: !isOfTokenizer(measure),
    values: values.map((value): TokenCardValue | undefined => {
      if (value === undefined || scale === undefined) {
        return undefined;
      }
      return Number.isNaN(value)
        ? { text: 'none', place: 'its row is not ranked', fill: 'noValue' }
        : {
            text: formatValue(measure, value),
            place: scale instanceof CharacterScale ? averageText(place) : percentText(measure, scale, value),
            fill: scale.fillOf(value),
          };
    }),
  };
}

function percentText({ kind }: MeasuredPlace['measure'], scale: ValueScale, value: number): string {
  const percent = scale.percentBelow(value);
  return kind === 'tokenId'
    ? `after ${percent} % of the vocabulary`
    : `higher than ${percent} % of all tokens`;
}

function averageText({ codePoints, count }: BandedPlace): string {
  const average =
    codePoints === undefined || count === undefined ? undefined : charactersPerToken(codePoints, count);
  return average === undefined ? '' : `${average} on average in this text`;
}

function links(
  tokenizer: Tokenizer,
  document: vscode.TextDocument,
  { tokens, range, text }: BandedPlace,
  embeddings: EmbeddingState,
): HoverLink[] {
  const ids = tokens.map(({ id }) => id);
  const lines = ids.map((id) => lineOfToken(tokenizer, id));
  const encoded = tokenizer.encode(text);
  const givesIds = encoded.length === ids.length && encoded.every((id, index) => id === ids[index]);
  const find = lines.length === 1 ? lines[0] : `mean(${ids.map((id) => `#${id}`).join(', ')})`;
  const select: HoverLink = {
    icon: 'selection',
    title: 'Select',
    tooltip: 'Select the text of the token',
    command: SELECT_HOVERED_TOKEN,
    argument: {
      uri: document.uri.toString(),
      start: [range.start.line, range.start.character],
      end: [range.end.line, range.end.character],
    },
  };
  return hoverLinks(
    {
      find,
      compare: { texts: lines },
      copy: givesIds ? { text } : undefined,
      copyTooltip: ids.length === 1 ? 'Copy the id of the token' : 'Copy the ids of these tokens',
      more: [select],
    },
    embeddings,
  );
}
