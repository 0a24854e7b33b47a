import type { InspectorState } from '../inspectorState';
import { listKey } from '../searched';

/** Who runs through the list with an arrow key does not ask about every row. */
const DELAY_MILLISECONDS = 150;

/** Asks for score and rank under every metric once a row stays selected. */
export class PlaceRequests {
  private asked = '';
  private timer: number | undefined;

  constructor(
    private readonly state: InspectorState,
    private readonly ask: (id: number) => void,
  ) {}

  /** Called after each drawing. */
  update(): void {
    const { snapshot, selectedNeighbor, view } = this.state;
    if (!snapshot?.answer || !selectedNeighbor || selectedNeighbor.underMetrics || view !== 'neighbors') {
      return;
    }
    const { id } = selectedNeighbor.token;
    const { metric, model } = snapshot.answer;
    // Each is asked about once, so that a host that cannot tell is not asked again and again.
    const { k, filter, leftOut } = snapshot;
    const key = JSON.stringify([listKey(snapshot), id, metric, model.path, k, filter, leftOut]);
    if (key === this.asked) {
      return;
    }
    this.asked = key;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(id), DELAY_MILLISECONDS);
  }
}
