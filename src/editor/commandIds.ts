import type { NeighborAction } from '../protocol/neighborAction';
import type { WordContext } from '../protocol/panelMessages';

/** All commands, by the names under which the manifest contributes them. */
export const COMMANDS = {
  findNeighbors: 'tokenscope.findNeighbors',
  compareTokens: 'tokenscope.compareTokens',
  showOnMap: 'tokenscope.showOnMap',
  openMap: 'tokenscope.openMap',
  verifySimilarity: 'tokenscope.verifySimilarity',
  newInspector: 'tokenscope.newInspector',
  openSavedNeighbors: 'tokenscope.openSavedNeighbors',
  buildGraph: 'tokenscope.buildNeighborGraph',
  stopGraph: 'tokenscope.stopNeighborGraph',
  copyTokenIds: 'tokenscope.copyTokenIds',
  copyTokens: 'tokenscope.copyTokens',
  toggleBands: 'tokenscope.toggleTokenBands',
  colorBands: 'tokenscope.colorTokenBands',
  selectToken: 'tokenscope.selectToken',
  selectNextToken: 'tokenscope.selectNextToken',
  selectPreviousToken: 'tokenscope.selectPreviousToken',
  openSplitView: 'tokenscope.openSplitView',
  toggleSurprises: 'tokenscope.toggleSurprises',
  tokenActions: 'tokenscope.tokenActions',
  sortSectionsBySize: 'tokenscope.sortSectionsBySize',
  sortSectionsByPosition: 'tokenscope.sortSectionsByPosition',
  openSampleText: 'tokenscope.openSampleText',
  openLesson: 'tokenscope.openLesson',
  openWalkthrough: 'tokenscope.openWalkthrough',
  loadEmbeddings: 'tokenscope.loadEmbeddings',
  chooseModel: 'tokenscope.chooseModel',
  chooseFile: 'tokenscope.chooseFile',
  download: 'tokenscope.download',
  useSample: 'tokenscope.useSampleVectors',
  storedModels: 'tokenscope.clearStoredModels',
  connectDatabase: 'tokenscope.connectDatabase',
  sendEmbeddings: 'tokenscope.sendEmbeddings',
  setToken: 'tokenscope.setHubToken',
  cancelLoading: 'tokenscope.cancelLoading',
  showLog: 'tokenscope.showLog',
} as const;

/** Shows the view Tokens by Section: VS Code has such a command for each view. */
export const FOCUS_SECTIONS = 'tokenscope.sections.focus';

/** Those in the context menu of a neighbor, which no palette lists: they get a `NeighborContext`. */
export const NEIGHBOR_COMMANDS: Readonly<Record<NeighborAction, string>> = {
  go: 'tokenscope.neighbor.go',
  openInspector: 'tokenscope.neighbor.openInspector',
  compare: 'tokenscope.neighbor.compare',
  openToken: 'tokenscope.neighbor.openToken',
  showOnMap: 'tokenscope.neighbor.showOnMap',
  copyToken: 'tokenscope.neighbor.copyToken',
  copyId: 'tokenscope.neighbor.copyId',
  copyRow: 'tokenscope.neighbor.copyRow',
  leaveOut: 'tokenscope.neighbor.leaveOut',
};

/** What a link or another extension may give to Find Semantic Neighbors, Show on Map and Copy Token Ids. */
export interface FindNeighborsArguments {
  readonly text: string;
  readonly context?: WordContext;
}

/** What a link or another extension may give to Compare Tokens: query lines. */
export interface CompareTokensArguments {
  readonly texts: readonly string[];
}
