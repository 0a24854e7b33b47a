import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorState } from '../inspectorState';
import type { ViewActions } from '../plots/viewActions';
import { typedText } from '../tokenText';
import { rowAsText } from './rowAsText';

/** How long a copy button shows that it has copied. */
const COPIED_MILLISECONDS = 1_500;

/** Copies the selected neighbor or a part of it, and says so for a while. */
export class RowCopy {
  private timer: number | undefined;

  /** @param send sends a request, and tells whether it was done */
  constructor(
    private readonly state: InspectorState,
    private readonly actions: ViewActions,
    private readonly send: (request: PanelRequest) => Promise<boolean>,
  ) {}

  copyRow(): void {
    const { selectedNeighbor, answer } = this.state;
    if (selectedNeighbor && answer) {
      this.copy(rowAsText(selectedNeighbor, answer), selectedNeighbor.token.spoken);
    }
  }

  copyToken(part: 'text' | 'id'): void {
    const token = this.state.selectedNeighbor?.token;
    if (token) {
      const isText = part === 'text';
      this.copy(isText ? typedText(token) : String(token.id), isText ? token.spoken : `id ${token.id}`);
    }
  }

  private copy(text: string, spoken: string): void {
    void this.send({ type: 'copy', text }).then((isDone) => {
      if (isDone) {
        this.state.copied = 'row';
        this.actions.announce(`Copied ${spoken}`);
        window.clearTimeout(this.timer);
        this.timer = window.setTimeout(() => {
          this.state.copied = undefined;
          this.actions.redraw();
        }, COPIED_MILLISECONDS);
      }
    });
  }
}
