/** Widths kept at most. */
const MAX_KEPT = 20_000;

/** Measures texts on a canvas, each once. */
export class TextWidths {
  private readonly context = document.createElement('canvas').getContext('2d');
  private readonly kept = new Map<string, number>();
  private font = '';

  /** To be called when fonts may have changed. */
  forget(): void {
    this.kept.clear();
  }

  /** @param font as CSS writes it. @returns width in CSS pixels */
  widthOf(text: string, font: string): number {
    const key = `${font}\n${text}`;
    const kept = this.kept.get(key);
    if (kept !== undefined) {
      return kept;
    }
    if (!this.context) {
      // Wider than most fonts: names spread out, nothing overlaps.
      return text.length * 8;
    }
    if (this.font !== font) {
      this.context.font = font;
      this.font = font;
    }
    const { width } = this.context.measureText(text);
    if (this.kept.size >= MAX_KEPT) {
      this.kept.clear();
    }
    this.kept.set(key, width);
    return width;
  }
}
