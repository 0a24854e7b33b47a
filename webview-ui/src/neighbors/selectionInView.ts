import type { InspectorState } from '../inspectorState';
import { ROW_HEIGHT, scrollToShow } from './listWindow';

/** What decides where the selected row stands in the list. */
interface Placing {
  readonly row: number;
  readonly scrollTop: number;
  readonly height: number;
  readonly isFolded: boolean | undefined;
  readonly metric: string | undefined;
}

/**
 * Keeps the selected row in view while the list around it changes: its height, its rows, their order. Who has scrolled away from it
 * stays where they are, until the whole list is another.
 */
export class SelectionInView {
  private before: Placing | undefined;

  constructor(private readonly state: InspectorState) {}

  /** Scrolls the list as little as shows a row. */
  reveal(list: Element, row: number): void {
    list.scrollTop = scrollToShow(row, list.scrollTop, list.clientHeight);
  }

  /** Called after each drawing. */
  update(list: Element | null): void {
    const { before } = this;
    const { selectedRow: row, listHeight: height, answer, snapshot } = this.state;
    if (!list || height === 0) {
      return;
    }
    const isFolded = snapshot?.isFolded;
    const now = { row, scrollTop: list.scrollTop, height, isFolded, metric: answer?.metric };
    if (before && row >= 0 && !isInView(now)) {
      const hasMoved = row !== before.row || height !== before.height;
      const isOtherList = isFolded !== before.isFolded || now.metric !== before.metric;
      if (isOtherList || (hasMoved && isInView(before))) {
        this.reveal(list, row);
      }
    }
    this.before = { ...now, scrollTop: list.scrollTop };
  }
}

function isInView({ row, scrollTop, height }: Placing): boolean {
  const top = row * ROW_HEIGHT;
  return top >= scrollTop && top + ROW_HEIGHT <= scrollTop + height;
}
