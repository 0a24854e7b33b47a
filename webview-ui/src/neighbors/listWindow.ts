/** Height of a row of the list in CSS pixels; the style sheet draws rows of the same height. */
export const ROW_HEIGHT = 22;
/** Rows drawn beyond both edges, so that fast scrolling shows no gap before the next frame. */
const OVERSCAN = 8;

/**
 * The rows that have to be drawn, counted from 0, in order: those in view, some beyond, and always the selected one, which
 * a screen reader may be reading while it is scrolled out of view.
 */
export function rowsToDraw(scrollTop: number, viewHeight: number, count: number, selected: number): number[] {
  const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - OVERSCAN);
  const end = Math.min(count, Math.ceil((scrollTop + viewHeight) / ROW_HEIGHT) + OVERSCAN);
  const rows: number[] = [];
  for (let row = first; row < end; row++) {
    rows.push(row);
  }
  if (selected >= 0 && selected < first) {
    rows.unshift(selected);
  } else if (selected >= end && selected < count) {
    rows.push(selected);
  }
  return rows;
}

/** The scroll position that is nearest to the present one and shows the row whole. */
export function scrollToShow(row: number, scrollTop: number, viewHeight: number): number {
  const top = row * ROW_HEIGHT;
  const lowest = top + ROW_HEIGHT - viewHeight;
  return Math.max(0, Math.min(top, Math.max(scrollTop, lowest)));
}
