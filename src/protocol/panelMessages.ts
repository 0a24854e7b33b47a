import type { ModelSetting } from './embeddingsView';
import type { LeftOutWords } from './leftOutWords';
import type { MapArrangement } from './map/mapArrangement';
import type { MapRequest, MapToWebview } from './map/mapMessages';
import type { Metric } from './metric';
import type { PanelArrangement } from './panelArrangement';
import type { NeighborAction } from './neighborAction';
import type { FilterView, PanelSnapshot, PanelViewName } from './panelSnapshot';
import type { FormChoice } from './queryView';
import type { TokenView } from './tokenView';

/** What the webview keeps across reloads (getState/setState), and what the host restores a panel from. */
export interface PanelMemento {
  readonly version: 2;
  /** Visited queries, oldest first, at most {@link MAX_HISTORY}. */
  readonly history: readonly QueryMemento[];
  /** Which of them is shown; −1 while the panel is empty. */
  readonly position: number;
  readonly k: number;
  readonly view: PanelViewName;
  readonly metric: Metric;
  readonly filter: FilterView;
  readonly isFolded: boolean;
  readonly isPinned: boolean;
  readonly leftOut: LeftOutWords;
  /** What is compared. */
  readonly compare: CompareMemento;
  /** How the Neighbors view was arranged; missing until it was. */
  readonly arrangement?: PanelArrangement;
  /** How the map of all tokens was left; missing until it was looked at. */
  readonly map?: MapArrangement;
}

export interface CompareMemento {
  readonly mode: 'pair' | 'matrix';
  readonly texts: readonly string[];
  readonly pairOf: readonly [number, number];
}

export const MAX_HISTORY = 100;
export const MAX_QUERY_LENGTH = 10_000;
export const MAX_NEIGHBORS = 1_000;

export interface QueryMemento {
  readonly text: string;
  readonly form: FormChoice;
  readonly vector: 'mean' | number;
  /** The word as it stood in the document when it was asked for, for the form `inDocument`. */
  readonly context?: WordContext;
}

/** A word in its line, with enough around it to tell its tokens, whatever the tokenizer. */
export interface WordContext {
  /** A part of the line, at most {@link MAX_CONTEXT_LENGTH} UTF-16 units. */
  readonly text: string;
  /** Where the word is in `text`: UTF-16 positions, end excluded. */
  readonly start: number;
  readonly end: number;
  /** Line of the document, counted from 1. */
  readonly line: number;
}

export const MAX_CONTEXT_LENGTH = 10_000;

/** Parts of the page to which a command takes the keyboard focus. */
export const HOST_FOCUS_TARGETS = ['list', 'query', 'verification', 'vocabularyMap'] as const;
export type HostFocusTarget = (typeof HOST_FOCUS_TARGETS)[number];

/** The drawings that can be saved. */
export const EXPORTED_PLOTS = [
  'neighborhood',
  'similarities',
  'comparison',
  'matrix',
  'merges',
  'norms',
  'two-metrics',
  'vocabulary-map',
] as const;
export type ExportedPlot = (typeof EXPORTED_PLOTS)[number];

/** Host → webview. */
export type ToWebview =
  | { readonly type: 'snapshot'; readonly snapshot: PanelSnapshot; readonly memento: PanelMemento }
  /** Answer to the request with this number. */
  | { readonly type: 'answer'; readonly to: number; readonly ok: true }
  | { readonly type: 'answer'; readonly to: number; readonly ok: false; readonly message: string }
  /** Puts the keyboard focus there and brings it into view, for a command that opened the panel or has found something. */
  | { readonly type: 'focus'; readonly target: HostFocusTarget }
  /** Does with a neighbor what was chosen in its context menu. */
  | { readonly type: 'act'; readonly action: NeighborAction; readonly id: number }
  /** Answer to `complete` with this number. */
  | { readonly type: 'completions'; readonly to: number; readonly completions: readonly CompletionView[] }
  | MapToWebview;

/** A token of the vocabulary that what is typed could become. */
export interface CompletionView {
  readonly token: TokenView;
  /** UTF-16 range of the line that it replaces. */
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** Webview → host. Every message with a `request` number is answered. */
export type FromWebview = { readonly request: number } & PanelRequest;

export type PanelRequest =
  | MapRequest
  /** The page is up and wants a snapshot. */
  | { readonly type: 'ready' }
  /** Search what stands in the query field. */
  | { readonly type: 'search'; readonly text: string }
  | { readonly type: 'chooseForm'; readonly form: FormChoice }
  | { readonly type: 'chooseVector'; readonly vector: 'mean' | number }
  /** Go to a neighbour: it becomes the query. */
  | { readonly type: 'walk'; readonly id: number }
  /** Go to a neighbor in another inspector; this one stays as it is. */
  | { readonly type: 'openInspector'; readonly id: number }
  /** Gives up the search that is under way. */
  | { readonly type: 'cancelSearch' }
  | { readonly type: 'back' }
  | { readonly type: 'forward' }
  | { readonly type: 'chooseCount'; readonly k: number }
  | { readonly type: 'chooseView'; readonly view: PanelViewName }
  | { readonly type: 'chooseMetric'; readonly metric: Metric }
  | { readonly type: 'filter'; readonly filter: FilterView }
  | { readonly type: 'fold'; readonly isFolded: boolean }
  | { readonly type: 'pin'; readonly isPinned: boolean }
  /** Of which queries the answer leaves the words out. */
  | { readonly type: 'leaveOut'; readonly leftOut: LeftOutWords }
  /** Takes the result of Verify Similarity away. */
  | { readonly type: 'closeVerification' }
  /** Keeps how the Neighbors view is arranged. */
  | { readonly type: 'arrange'; readonly arrangement: PanelArrangement }
  /** Tokens that the word at the cursor of the query line could become. Answered by `completions`. */
  | { readonly type: 'complete'; readonly text: string; readonly cursor: number }
  /** Score and rank of a neighbor of the answer under every metric. */
  | { readonly type: 'placeUnderMetrics'; readonly id: number }
  /** The page of a token. */
  | { readonly type: 'openToken'; readonly id: number }
  /** The two metrics of the token page's neighbors. */
  | { readonly type: 'chooseTokenMetrics'; readonly metrics: readonly [Metric, Metric] }
  /** What is compared, and how; texts as in the query line, at most {@link MAX_COMPARED}. */
  | { readonly type: 'compare'; readonly texts: readonly string[]; readonly mode: 'pair' | 'matrix' }
  | { readonly type: 'comparePair'; readonly pairOf: readonly [number, number] }
  | { readonly type: 'verify' }
  /** Saves or copies what is shown. The host knows query, metric and model, and asks where to save. */
  | {
      readonly type: 'exportList';
      readonly format: 'csv' | 'json' | 'markdown';
      readonly to: 'file' | 'clipboard';
    }
  | { readonly type: 'exportEmbeddings' }
  /** The two vectors that are compared, a row a dimension, as CSV. */
  | { readonly type: 'exportPair'; readonly to: 'file' | 'clipboard' }
  /** The matrix as CSV. @param order Numbers of the texts as the rows and columns stand. */
  | { readonly type: 'exportMatrix'; readonly to: 'file' | 'clipboard'; readonly order: readonly number[] }
  /** Saves a drawing that the page has made: SVG as text, PNG as base64. */
  | {
      readonly type: 'exportPlot';
      readonly plot: ExportedPlot;
      readonly format: 'svg' | 'png';
      readonly content: string;
    }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'cancelLoading' }
  | { readonly type: 'retryLoading' }
  /** Shows a setting where it is edited. */
  | { readonly type: 'openSetting'; readonly setting: ModelSetting }
  /** Shows VS Code's own settings of the proxy. */
  | { readonly type: 'openProxySettings' }
  | { readonly type: 'chooseModel' }
  | { readonly type: 'chooseFile' }
  | { readonly type: 'useSample' }
  /** The answer to the question of the state `undecided`. */
  | { readonly type: 'download' }
  /** Have the whole file sent, after a failure with `wholeFile`. */
  | { readonly type: 'downloadWhole' }
  | { readonly type: 'showLog' };
