import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorState } from '../inspectorState';
import type { RequestResult } from '../shell/hostConnection';

/** What happens while somebody types in the query field. */
export class QueryTyping {
  /**
   * @param send sends a request whose refusal shows up in the panel, and tells whether it was done
   * @param ask sends a question whose failure is nobody's concern
   */
  constructor(
    private readonly state: InspectorState,
    private readonly send: (request: PanelRequest) => Promise<boolean>,
    private readonly ask: (request: PanelRequest) => Promise<RequestResult>,
    private readonly redraw: () => void,
  ) {}

  search(text: string): void {
    this.state.completion.close();
    this.state.suggestions.close();
    if (text.trim() === '') {
      return;
    }
    this.state.sendDraft(text);
    this.redraw();
    void this.send({ type: 'search', text }).then((isDone) => {
      if (isDone) {
        this.state.answerDraft();
        this.redraw();
      }
    });
  }

  /** Takes over what stands in the field, and asks what the word at the cursor could become. */
  type(text: string, cursor: number): void {
    const { completion } = this.state;
    this.state.draft = { text };
    this.state.suggestions.close();
    this.redraw();
    if (text.trim() === '') {
      completion.close();
      this.suggest();
      return;
    }
    const asked = completion.ask();
    void this.ask({ type: 'complete', text, cursor }).then((result) => {
      completion.show(asked, result.ok ? (result.completions ?? []) : []);
      this.redraw();
    });
  }

  /** Offers recent queries and examples, where nothing stands in the field. */
  suggest(): void {
    if (this.state.fieldText === '') {
      this.state.suggestions.open(this.state.snapshot, this.state.memento);
      this.redraw();
    }
  }

  /** Gives up what was typed. */
  reset(): void {
    this.state.draft = undefined;
    this.redraw();
  }

  /**
   * Puts a completion into what is typed.
   *
   * @returns where the cursor goes, in UTF-16 units; undefined where there is no such completion
   */
  take(index: number): number | undefined {
    const { completion, fieldText } = this.state;
    const taken = completion.optionAt(index);
    if (!taken) {
      return undefined;
    }
    completion.close();
    const text = fieldText.slice(0, taken.start) + taken.insert + fieldText.slice(taken.end);
    this.state.draft = { text };
    return taken.start + taken.insert.length;
  }
}
