import * as vscode from 'vscode';
import { queryLineOf } from '../../core/query/formula/printFormula';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import type { EmbeddingState } from '../../engine/session/embeddingState';
import type { TokenView } from '../../protocol/tokenView';
import type { TokenBands } from '../bands/tokenBands';
import type { FindNeighborsArguments } from '../commandIds';
import { trustedMarkdown } from '../markdown/trustedMarkdown';
import type { ModelTokenizer } from '../session/modelTokenizer';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { tokenView } from '../tokens/tokenView';
import { wordAt, type WordInDocument } from '../tokens/wordAt';
import { tokenCardOf } from './bandHover';
import { splitWord, type WordSplit } from './buildHoverCard';
import { NearestTokens, type NearestToken } from './nearestTokens';
import { hoverMarkdown, type HoverCard, type HoverLink, type PieceNeighbors } from './hoverCard';
import { hoverLinks } from './hoverLinks';
import { HoverQuestions } from './hoverQuestions';
import { registerSelectHoveredToken } from './selectHoveredToken';
import { tokenCardMarkdown } from './tokenCard';

/** Pieces whose neighbors are shown; a longer word has its neighbors in the panel. */
const MAX_SEARCHED_PIECES = 4;

/** The hover card. It never loads a model, nor reads an index: before that it shows the split and one quiet link. */
export class TokenHoverProvider implements vscode.HoverProvider, vscode.Disposable {
  readonly questions = new HoverQuestions();
  private readonly nearestTokens: NearestTokens;
  private readonly command: vscode.Disposable;

  constructor(
    private readonly session: EmbeddingSession,
    private readonly tokenizers: ModelTokenizer,
    private readonly bands: TokenBands,
  ) {
    this.nearestTokens = new NearestTokens(session);
    this.command = registerSelectHoveredToken();
  }

  dispose(): void {
    this.command.dispose();
    this.nearestTokens.dispose();
    this.questions.dispose();
  }

  provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    // Where bands are on, it is about what they show.
    const answer =
      this.bands.isShown(document) && this.tokenizers.current.labelKind === undefined
        ? this.tokenHover(document, position, token)
        : this.wordHover(document, position, token);
    this.questions.note(document, position, answer, token);
    return answer;
  }

  private async wordHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const tokenizer = this.tokenizers.current;
    const selections = vscode.window.visibleTextEditors.find(
      (editor) => editor.document === document,
    )?.selections;
    const word = wordAt(document, position, selections ?? []);
    if (!word) {
      return undefined;
    }
    const isLookedUp = tokenizer.labelKind !== undefined;
    const inPlace = isLookedUp || !word.context ? undefined : tokensInPlace(tokenizer, word.context);
    const split = splitWord(tokenizer, word.text, inPlace);
    const pieces = [...(split.here ?? []), ...split.alone].map(({ id }) => id);
    const neighbors = await this.nearest(tokenizer, pieces, token);
    const state = this.session.state;
    const card: HoverCard = {
      ...split,
      ...(neighbors && { neighbors }),
      isSample: state.state === 'ready' && state.model.isSample,
      links: links(tokenizer, word, split, state),
    };
    return new vscode.Hover(trusted(hoverMarkdown(card), card), word.range);
  }

  /** The card of the tokens that bands show at a position. */
  private async tokenHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const tokenizer = this.tokenizers.current;
    const place = this.bands.placeAt(document, position);
    if (!place) {
      return undefined;
    }
    const ids = place.tokens.map(({ id }) => id);
    const neighbors = await this.nearest(tokenizer, ids, token);
    const card = tokenCardOf(tokenizer, document, place, neighbors, this.session.state);
    return new vscode.Hover(trusted(tokenCardMarkdown(card), card), place.range);
  }

  /** Neighbors of the first of the tokens, each once; undefined where none are at hand. */
  private async nearest(
    tokenizer: Tokenizer,
    tokenIds: readonly number[],
    token: vscode.CancellationToken,
  ): Promise<PieceNeighbors[] | undefined> {
    const ids = [...new Set(tokenIds)].slice(0, MAX_SEARCHED_PIECES);
    const abort = new AbortController();
    const cancellation = token.onCancellationRequested(() => abort.abort());
    try {
      const found = await this.nearestTokens.of(ids, abort.signal);
      const shown = ids.flatMap((id) => pieceNeighbors(tokenizer, tokenView(tokenizer, id), found.get(id)));
      return token.isCancellationRequested || shown.length === 0 ? undefined : shown;
    } catch {
      // The model that is loaded may lack this token's row, or be going just now: the split alone is still right.
      return undefined;
    } finally {
      cancellation.dispose();
    }
  }
}

function trusted(text: string, { links }: Pick<HoverCard, 'links'>): vscode.MarkdownString {
  return trustedMarkdown(
    text,
    links.map(({ command }) => command),
  );
}

/** None where its nearest tokens are not at hand. */
function pieceNeighbors(
  tokenizer: Tokenizer,
  piece: TokenView,
  nearest: readonly NearestToken[] | undefined,
): PieceNeighbors[] {
  return nearest === undefined
    ? []
    : [{ piece, nearest: nearest.map(({ id, score }) => ({ token: tokenView(tokenizer, id), score })) }];
}

function links(
  tokenizer: Tokenizer,
  word: WordInDocument,
  split: WordSplit,
  embeddings: EmbeddingState,
): HoverLink[] {
  if (split.notFound !== undefined && split.notFound !== '') {
    return [];
  }
  const query: FindNeighborsArguments = { text: word.text, ...(word.context && { context: word.context }) };
  return hoverLinks(
    {
      find: query,
      compare: { texts: comparedTexts(word, split) },
      copy: tokenizer.labelKind === undefined ? query : undefined,
      copyTooltip: 'Copy the token ids of the word as it stands here',
    },
    embeddings,
  );
}

/** The two pieces of a word that falls into two; else the word, and the command asks for the other one. */
function comparedTexts(word: WordInDocument, { alone }: WordSplit): string[] {
  return alone.length === 2 ? alone.map(({ id }) => `#${id}`) : [queryLineOf(word.text)];
}
