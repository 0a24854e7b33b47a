/** What the context menu of a neighbor offers. The page, which knows what is selected and where the focus goes, does it. */
export const NEIGHBOR_ACTIONS = [
  'go',
  'openInspector',
  'compare',
  'openToken',
  'showOnMap',
  'copyToken',
  'copyId',
  'copyRow',
  'leaveOut',
] as const;

export type NeighborAction = (typeof NEIGHBOR_ACTIONS)[number];

/**
 * What VS Code reads from the page when a context menu is asked for (`data-vscode-context`), and gives to the conditions of the manifest's
 * `webview/context` menu and to the commands.
 */
export interface NeighborContext {
  readonly webviewSection: 'neighbor';
  readonly tokenId: number;
  /** False for the token that is the query already. */
  readonly canGo: boolean;
  /** Cut, Copy and Paste are about text. */
  readonly preventDefaultContextMenuItems: true;
}
