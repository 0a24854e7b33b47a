/** Widths kept at most; tokens repeat from query to query, but a session may see many. */
const MAX_KEPT = 5_000;

/** Measures text for the map's labels: SVG cannot say how wide a text is before it is drawn. */
export class TextMeasure {
  private readonly context = document.createElement('canvas').getContext('2d');
  private readonly widths = new Map<string, number>();
  private family = '';

  /** Takes over the font that the page uses for tokens now; it may have changed with a setting. */
  useCurrentFont(): void {
    const family = getComputedStyle(document.body).getPropertyValue('--mono').trim() || 'monospace';
    if (family !== this.family) {
      this.family = family;
      this.widths.clear();
    }
  }

  /** The width of a text in CSS pixels in the font of the labels. */
  readonly measure = (text: string, bold: boolean): number => {
    const key = `${bold ? 'b' : ' '}${text}`;
    const kept = this.widths.get(key);
    if (kept !== undefined) {
      return kept;
    }
    if (!this.context) {
      // Seven tenths of the size is wider than any monospace font: labels spread out, nothing overlaps.
      return text.length * 7.7;
    }
    this.context.font = `${bold ? '700 ' : ''}11px ${this.family}`;
    const { width } = this.context.measureText(text);
    if (this.widths.size >= MAX_KEPT) {
      this.widths.clear();
    }
    this.widths.set(key, width);
    return width;
  };
}
