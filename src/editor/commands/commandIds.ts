/** All commands, by the names under which the manifest contributes them. */
export const COMMANDS = {
  findNeighbors: 'tokenscope.findNeighbors',
  copyTokenIds: 'tokenscope.copyTokenIds',
  loadEmbeddings: 'tokenscope.loadEmbeddings',
  chooseModel: 'tokenscope.chooseModel',
  cancelLoading: 'tokenscope.cancelLoading',
  showLog: 'tokenscope.showLog',
} as const;

/** What a link or another extension may give to Find Semantic Neighbors and Copy Token Ids. */
export interface FindNeighborsArguments {
  readonly text: string;
  readonly context?: { readonly ids: readonly number[]; readonly line: number };
}
