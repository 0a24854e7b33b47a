import { MAX_EXCLUDED_IDS } from '../../../src/protocol/panelSnapshot';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { searchedText } from '../searched';
import { ofRows } from '../rowNames';

/** What the page asks of its host about a neighbor that somebody has chosen. */
export class NeighborRequests {
  constructor(
    private readonly state: InspectorState,
    private readonly actions: Pick<InspectorActions, 'send' | 'focus' | 'select' | 'announce'>,
  ) {}

  /** Makes a neighbor the query, where it is not. */
  walk(index: number): void {
    const neighbor = this.state.neighbors[index];
    if (neighbor && this.state.canWalkTo(neighbor.token)) {
      this.actions.send({ type: 'walk', id: neighbor.token.id });
    }
  }

  openInspector(index: number): void {
    const neighbor = this.state.neighbors[index];
    if (neighbor) {
      this.actions.send({ type: 'openInspector', id: neighbor.token.id });
    }
  }

  compareSelected(): void {
    const { selectedNeighbor, snapshot } = this.state;
    if (selectedNeighbor && snapshot?.query) {
      const texts = [searchedText(snapshot.query), `#${selectedNeighbor.token.id}`];
      this.actions.focus('view');
      this.actions.send({ type: 'compare', texts, mode: 'pair' });
      this.actions.send({ type: 'chooseView', view: 'compare' });
    }
  }

  /** Opens the page of the selected neighbor's token. */
  openSelected(): void {
    const { selectedNeighbor } = this.state;
    if (selectedNeighbor) {
      this.actions.focus('view');
      this.actions.send({ type: 'openToken', id: selectedNeighbor.token.id });
      this.actions.send({ type: 'chooseView', view: 'token' });
    }
  }

  leaveOut(index: number): void {
    const { snapshot, filterDraft, neighbors } = this.state;
    const token = neighbors[index]?.token;
    if (!snapshot || !token) {
      return;
    }
    const excludedIds = [...(filterDraft.over(snapshot.filter).excludedIds ?? []), token.id];
    if (excludedIds.length > MAX_EXCLUDED_IDS) {
      this.actions.announce(ofRows(`No more than ${MAX_EXCLUDED_IDS} tokens can be left out.`));
      return;
    }
    const { rows, rowOf } = this.state.list;
    const row = rowOf[index] ?? -1;
    this.actions.select((rows[row + 1] ?? rows[row - 1])?.index ?? index);
    Object.assign(filterDraft.choices, { excludedIds });
    this.actions.send({ type: 'filter', filter: filterDraft.over(snapshot.filter) });
    this.actions.announce(`Left out ${token.spoken}. The filters bring it back.`);
  }
}
