import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorState } from '../inspectorState';
import type { ViewActions } from '../plots/viewActions';
import { rowAsText } from './rowAsText';

/** How long a copy button shows that it has copied. */
const COPIED_MILLISECONDS = 1_500;

/** Copies the selected neighbor, and says so for a while. */
export class RowCopy {
  private timer: number | undefined;

  /** @param send sends a request, and tells whether it was done */
  constructor(
    private readonly state: InspectorState,
    private readonly actions: ViewActions,
    private readonly send: (request: PanelRequest) => Promise<boolean>,
  ) {}

  copy(): void {
    const { selectedNeighbor, answer } = this.state;
    if (!selectedNeighbor || !answer) {
      return;
    }
    void this.send({ type: 'copy', text: rowAsText(selectedNeighbor, answer) }).then((isDone) => {
      if (isDone) {
        this.state.copied = 'row';
        this.actions.announce(`Copied ${selectedNeighbor.token.spoken}`);
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => {
          this.state.copied = undefined;
          this.actions.redraw();
        }, COPIED_MILLISECONDS);
      }
    });
  }
}
