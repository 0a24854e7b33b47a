import * as vscode from 'vscode';
import { queryLineOf } from '../../core/query/formula/printFormula';
import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { EmbeddingSession } from '../../engine/embeddingSession';
import type { EmbeddingState } from '../../engine/embeddingState';
import type { TokenView } from '../../protocol/tokenView';
import { COMMANDS, type FindNeighborsArguments } from '../commands/commandIds';
import type { ModelTokenizer } from '../session/modelTokenizer';
import { tokensInPlace } from '../tokens/tokensInPlace';
import { tokenView } from '../tokens/tokenView';
import { wordAt, type WordInDocument } from '../tokens/wordAt';
import { splitWord, type WordSplit } from './buildHoverCard';
import { NearestTokens, type NearestToken } from './nearestTokens';
import { hoverMarkdown, type HoverLink, type PieceNeighbors } from './hoverCard';

/** Pieces whose neighbors are shown; a longer word has its neighbors in the panel. */
const MAX_SEARCHED_PIECES = 4;

/** The hover card. It never loads a model, nor reads an index: before that it shows the split and one quiet link. */
export class TokenHoverProvider implements vscode.HoverProvider, vscode.Disposable {
  private readonly nearestTokens: NearestTokens;

  constructor(
    private readonly session: EmbeddingSession,
    private readonly tokenizers: ModelTokenizer,
  ) {
    this.nearestTokens = new NearestTokens(session);
  }

  dispose(): void {
    this.nearestTokens.dispose();
  }

  async provideHover(
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
    const split = splitWord(tokenizer, word.text, word.context && tokensInPlace(tokenizer, word.context));
    const neighbors = await this.nearest(tokenizer, split, token);
    const state = this.session.state;
    const markdown = new vscode.MarkdownString(
      hoverMarkdown({
        ...split,
        ...(neighbors && { neighbors }),
        isSample: state.state === 'ready' && state.model.isSample,
        links: links(word, split, state),
      }),
      true,
    );
    markdown.supportHtml = true;
    markdown.isTrusted = { enabledCommands: Object.values(COMMANDS) };
    return new vscode.Hover(markdown, word.range);
  }

  /** Neighbors of the pieces of the word as it stands here, then alone; undefined where none are at hand. */
  private async nearest(
    tokenizer: Tokenizer,
    split: WordSplit,
    token: vscode.CancellationToken,
  ): Promise<PieceNeighbors[] | undefined> {
    const pieces = new Map<number, TokenView>();
    for (const piece of [...(split.here ?? []), ...split.alone]) {
      pieces.set(piece.id, piece);
    }
    const searched = [...pieces.values()].slice(0, MAX_SEARCHED_PIECES);
    const abort = new AbortController();
    const cancellation = token.onCancellationRequested(() => abort.abort());
    try {
      const ids = searched.map((piece) => piece.id);
      const found = await this.nearestTokens.of(ids, abort.signal);
      const shown = searched.flatMap((piece) => pieceNeighbors(tokenizer, piece, found.get(piece.id)));
      return token.isCancellationRequested || shown.length === 0 ? undefined : shown;
    } catch {
      // The model that is loaded may lack this token's row, or be going just now: the split alone is still right.
      return undefined;
    } finally {
      cancellation.dispose();
    }
  }
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

function links(word: WordInDocument, split: WordSplit, embeddings: EmbeddingState): HoverLink[] {
  const query: FindNeighborsArguments = { text: word.text, ...(word.context && { context: word.context }) };
  const copy: HoverLink = {
    icon: 'copy',
    title: 'Copy Ids',
    tooltip: 'Copy the token ids of the word as it stands here',
    target: commandUri(COMMANDS.copyTokenIds, query),
  };
  const find: HoverLink = {
    icon: 'search',
    title: 'Find Neighbors',
    tooltip: 'Find the nearest of all tokens',
    target: commandUri(COMMANDS.findNeighbors, query),
  };
  const compare: HoverLink = {
    icon: 'graph-scatter',
    title: 'Compare',
    tooltip: 'Compare the vectors of two tokens or words',
    target: commandUri(COMMANDS.compareTokens, { texts: comparedTexts(word, split) }),
  };
  const load: HoverLink = {
    icon: 'cloud-download',
    title: 'Load Embeddings…',
    tooltip: 'Load the embedding matrix, to see neighbors here',
    target: commandUri(COMMANDS.loadEmbeddings),
  };
  const useGpt2: HoverLink = {
    icon: 'database',
    title: 'Use GPT-2…',
    tooltip: 'Choose the model that the numbers come from',
    target: commandUri(COMMANDS.chooseModel),
  };
  if (embeddings.state !== 'ready') {
    return [find, compare, copy, load];
  }
  return embeddings.model.isSample ? [find, compare, copy, useGpt2] : [find, compare, copy];
}

/** Parentheses would end a Markdown link's target. */
function commandUri(command: string, argument?: unknown): string {
  if (argument === undefined) {
    return `command:${command}`;
  }
  const encoded = encodeURIComponent(JSON.stringify([argument])).replace(
    /[()']/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
  return `command:${command}?${encoded}`;
}

/** The two pieces of a word that falls into two; else the word, and the command asks for the other one. */
function comparedTexts(word: WordInDocument, { alone }: WordSplit): string[] {
  return alone.length === 2 ? alone.map(({ id }) => `#${id}`) : [queryLineOf(word.text)];
}
