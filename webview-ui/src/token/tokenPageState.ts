import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import type { TokenPageView } from '../../../src/protocol/tokenPageView';

/** What the token page reads of the state of the panel. */
export interface TokenPageHolder {
  readonly snapshot: PanelSnapshot | undefined;
  readonly tokenPage: TokenPageState;
}

/** What only the page knows of the token page. No DOM in here. */
export class TokenPageState {
  showsNeighborTable = false;
  showsNormTable = false;
  /** Number of the node of the merge tree that Tab reaches; undefined for the token itself. */
  node: number | undefined;
  private shownId: number | undefined;

  /** Gives up what belongs to another token. */
  follow(page: TokenPageView | undefined): void {
    if (page?.token.id !== this.shownId) {
      this.shownId = page?.token.id;
      this.node = undefined;
    }
  }
}
