import { COMMANDS, FOCUS_SECTIONS } from '../commandIds';
import { escapeMarkup } from '../markdown/escapeMarkup';
import { row, table } from '../markdown/table';
import type { EmbeddingsPresentation } from '../session/embeddingsPresentation';
import { plural, shareOfContext, thousands } from '../documents/tokenCounts';
import { lengthText, wordsText, type SelectionDetails, type TokenDetails } from './tokenFigures';

/** What the item tells. */
export interface StatusContents {
  /** Undefined where no text editor is active, or tokens are not counted. */
  readonly tokens: TokenDetails | undefined;
  /** Undefined while nobody has asked for embeddings. */
  readonly embeddings: EmbeddingsPresentation | undefined;
  readonly bands: { readonly editorCount: number; readonly areOnHere: boolean };
}

/** The tooltip as Markdown with HTML. */
export function statusTooltip(contents: StatusContents): string {
  const rows = figureRows(contents).map(([name, value]) =>
    row(name.replaceAll(' ', '&nbsp;'), escapeMarkup(value)),
  );
  return [headline(contents), table(rows), '---', linksMarkdown(contents), clickText(contents)].join('\n\n');
}

/** The same in a sentence or two, for screen readers. */
export function spokenStatus({ tokens, embeddings }: StatusContents): string {
  const sentences = [
    ...(tokens?.selection ? [`Selected: ${selectionText(tokens.selection)}`] : []),
    ...(tokens ? [`Tokenscope: ${tokens.title} has ${countText(tokens)}`] : []),
    ...(embeddings ? [`Embeddings: ${embeddings.detail}`] : []),
    clickText({ embeddings }),
  ];
  return sentences.map((sentence) => sentence.replace(/[.…]*$/, '.')).join(' ');
}

/** Of the selection, where there is one: whoever selects a part asks about that. */
function headline({ tokens }: StatusContents): string {
  if (!tokens) {
    return '**Tokenscope**';
  }
  const { title, selection } = tokens;
  return selection
    ? `**Selection in ${escapeMarkup(title)}**: ${escapeMarkup(selectionText(selection))}`
    : `**${escapeMarkup(title)}**: ${escapeMarkup(wholeText(tokens))}`;
}

function wholeText(tokens: TokenDetails): string {
  return `${countText(tokens)}, ${lengthText(tokens.length)}`;
}

function countText({ state, progress, count }: TokenDetails): string {
  if (state === 'large') {
    return 'too many tokens to count them as you type';
  }
  return state === 'complete' && count !== undefined
    ? plural(count, 'token')
    : `tokens that are being counted, ${Math.floor(100 * progress)} % done`;
}

function figureRows({ tokens, embeddings, bands }: StatusContents): (readonly [string, string])[] {
  return [
    ...(tokens ? tokenRows(tokens) : []),
    ['Embeddings', embeddings?.detail ?? 'not loaded; the first search loads them'],
    ...(embeddings?.explanation ? [['What they are', embeddings.explanation] as const] : []),
    ...(embeddings?.path ? [['File', embeddings.path] as const] : []),
    ['Bands', bands.editorCount > 0 ? `on in ${plural(bands.editorCount, 'editor')}` : 'off'],
  ];
}

function tokenRows(tokens: TokenDetails): (readonly [string, string])[] {
  const { state, count, selection, contextWindow, tokenizer } = tokens;
  const { length, words } = selection ?? tokens;
  const counted = selection ? selection.tokens : state === 'complete' ? count : undefined;
  const rows: (readonly [string, string])[] = [];
  if (counted !== undefined && counted > 0) {
    rows.push(['Characters per token', (length.value / counted).toFixed(2)]);
    rows.push(['Context window', shareOfContext(counted, contextWindow, tokenizer)]);
  }
  if (words && words.words > 0) {
    rows.push(['Words that are one token', wordsText(words)]);
  }
  return selection ? [...rows, ['Whole text', wholeText(tokens)]] : rows;
}

function selectionText({ tokens, length, inPlace }: SelectionDetails): string {
  if (tokens === undefined) {
    return lengthText(length);
  }
  const alone = `${plural(tokens, 'token')}, ${lengthText(length)}`;
  return inPlace === undefined || inPlace === tokens ? alone : `${alone}; ${thousands(inPlace)} in place`;
}

/** What a click on the item runs. */
export function clickedCommand({ embeddings }: Pick<StatusContents, 'embeddings'>): string {
  return embeddings?.isUndecided ? COMMANDS.chooseModel : COMMANDS.tokenActions;
}

function clickText({ embeddings }: Pick<StatusContents, 'embeddings'>): string {
  return embeddings?.isUndecided ? 'Click to choose a model.' : 'Click for all commands.';
}

function linksMarkdown(contents: StatusContents): string {
  return tooltipLinks(contents)
    .map(({ title, command }) => `[${title}](command:${command})`)
    .join('&nbsp;&nbsp;&nbsp; ');
}

/** What the tooltip links to. */
export function tooltipLinks({
  tokens,
  embeddings,
  bands,
}: StatusContents): { readonly title: string; readonly command: string }[] {
  const bandsTitle = bands.areOnHere ? 'Hide Bands' : 'Show Bands';
  return [
    { title: 'Open Inspector', command: COMMANDS.newInspector },
    ...(tokens
      ? [
          { title: bandsTitle, command: COMMANDS.toggleBands },
          { title: 'Tokens by Section', command: FOCUS_SECTIONS },
        ]
      : []),
    ...(embeddings ? [] : [{ title: 'Load Embeddings…', command: COMMANDS.loadEmbeddings }]),
    ...(embeddings?.isLoading ? [{ title: 'Cancel Loading', command: COMMANDS.cancelLoading }] : []),
    { title: 'Choose Model…', command: COMMANDS.chooseModel },
    ...(embeddings?.hasFailed ? [{ title: 'Show Log', command: COMMANDS.showLog }] : []),
  ];
}
