import type { TemplateResult } from 'lit/html.js';

/** A list beside the map: what it is called, its columns, and what its rows do. Rows are counted from 0. */
export interface MapListRows {
  /** The same for the same list: another one begins at its top. */
  readonly key: string;
  /** For screen readers: `True neighbors of space python`. */
  readonly label: string;
  /** Above the list, with what can be done with it. */
  readonly title: TemplateResult | string;
  readonly controls?: TemplateResult;
  /** Class of the columns. */
  readonly columns: string;
  readonly head: TemplateResult;
  readonly count: number;
  /** The cells of a row, each a `gridcell`. */
  readonly cells: (row: number) => TemplateResult;
  /** The token of a row; undefined where it is none. */
  readonly idOf: (row: number) => number | undefined;
  /** What choosing a row does. */
  readonly choose: (row: number) => void;
}
