import type { PanelArrangement } from '../../../src/protocol/panelArrangement';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorState } from '../inspectorState';
import type { RequestResult } from './hostConnection';

/** After these the field shows the new query, whatever was being typed. */
const ASKS_ANOTHER_QUESTION: ReadonlySet<PanelRequest['type']> = new Set([
  'walk',
  'back',
  'forward',
  'chooseForm',
  'chooseVector',
]);

/** What the page asks its host, and what the state shows of it until the host has answered, and where it refuses. */
export class PanelRequests {
  /**
   * @param ask Sends a request; never rejects.
   * @param viewChosen Called before another view is drawn.
   */
  constructor(
    private readonly state: InspectorState,
    private readonly ask: (request: PanelRequest) => Promise<RequestResult>,
    private readonly redraw: () => void,
    private readonly viewChosen: () => void,
  ) {}

  /** Sends a request whose answer is a snapshot; a refusal shows up in the panel. */
  send(request: PanelRequest): void {
    if (ASKS_ANOTHER_QUESTION.has(request.type)) {
      this.state.draft = undefined;
    }
    if (request.type === 'chooseView') {
      this.chooseView(request);
    } else {
      void this.perform(request);
    }
  }

  /** Sends a request; a refusal shows up in the panel. @returns whether the host did what was asked */
  async perform(request: PanelRequest): Promise<boolean> {
    const result = await this.ask(request);
    if (!result.ok) {
      this.refuse(result.message);
    } else if (request.type !== 'ready' && this.state.refusal !== undefined) {
      this.dismissRefusal();
    }
    return result.ok;
  }

  arrange(chosen: PanelArrangement): void {
    this.state.arrangement.chosen = chosen;
    this.redraw();
    this.send({ type: 'arrange', arrangement: chosen });
  }

  verify(): void {
    if (this.state.isVerifying) {
      return;
    }
    this.state.isVerifying = true;
    this.redraw();
    void this.perform({ type: 'verify' }).then(() => {
      this.state.isVerifying = false;
      this.redraw();
    });
  }

  refuse(reason: string): void {
    this.state.refusal = reason;
    this.redraw();
  }

  dismissRefusal(): void {
    this.state.refusal = undefined;
    this.redraw();
  }

  /** The view changes at once; the host, which keeps it, follows with what the view shows. */
  private chooseView(request: Extract<PanelRequest, { type: 'chooseView' }>): void {
    this.state.chosenView = request.view;
    this.state.popup = undefined;
    this.state.hovered = undefined;
    this.viewChosen();
    this.redraw();
    void this.perform(request).then(() => {
      if (this.state.chosenView === request.view) {
        this.state.chosenView = undefined;
        this.redraw();
      }
    });
  }
}
