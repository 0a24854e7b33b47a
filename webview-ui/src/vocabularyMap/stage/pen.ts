/** A line: color as `#rrggbb`, width in CSS pixels. */
export interface Stroke {
  readonly color: string;
  readonly width: number;
  /** Lengths of dashes and gaps in turn, in CSS pixels. */
  readonly dash?: readonly number[];
  /** 0 … 1. */
  readonly opacity?: number;
}

export interface Fill {
  readonly color: string;
  readonly opacity?: number;
}

export interface TextLook {
  /** Font size in CSS pixels. */
  readonly size: number;
  readonly family: 'mono' | 'ui';
  readonly weight?: 400 | 600 | 700;
  readonly isItalic?: boolean;
  readonly color: string;
  /** Color of a rim that parts the text from what it stands on. */
  readonly halo?: string;
  readonly isCentered?: boolean;
}

/** What the map's lines, marks and names are drawn with: a canvas, or the text of an SVG. All places in CSS pixels of the stage. */
export interface Pen {
  /** A line through corners, x and y in turn; closed and filled where a fill is given. */
  path(corners: readonly number[], stroke: Stroke, fill?: Fill): void;
  disc(x: number, y: number, radius: number, fill: Fill | undefined, stroke?: Stroke): void;
  /** @param y of the baseline */
  text(text: string, x: number, y: number, look: TextLook): void;
  /** Width of a text in CSS pixels. */
  widthOf(text: string, look: TextLook): number;
}

export const HALO_WIDTH = 3.5;

/** As CSS writes fonts. @param families literal families for `mono` and `ui` */
export function fontOf(look: TextLook, families: { readonly mono: string; readonly ui: string }): string {
  return `${look.isItalic ? 'italic ' : ''}${look.weight ?? 400} ${look.size}px ${families[look.family]}`;
}
