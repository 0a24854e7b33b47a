import { fontOf, HALO_WIDTH, type Fill, type Pen, type Stroke, type TextLook } from './pen';
import type { TextWidths } from './textWidths';

/** Draws on a canvas, whose context is scaled to CSS pixels. */
export class CanvasPen implements Pen {
  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly families: { readonly mono: string; readonly ui: string },
    private readonly widths: TextWidths,
  ) {
    context.lineJoin = 'round';
    context.textBaseline = 'alphabetic';
  }

  path(corners: readonly number[], stroke: Stroke, fill?: Fill): void {
    const { context } = this;
    context.beginPath();
    for (let i = 0; i + 1 < corners.length; i += 2) {
      context.lineTo(corners[i], corners[i + 1]);
    }
    if (fill) {
      context.closePath();
    }
    this.paint(fill, stroke);
  }

  disc(x: number, y: number, radius: number, fill: Fill | undefined, stroke?: Stroke): void {
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 2 * Math.PI);
    this.paint(fill, stroke);
  }

  text(text: string, x: number, y: number, look: TextLook): void {
    const { context } = this;
    context.font = fontOf(look, this.families);
    context.textAlign = look.isCentered ? 'center' : 'left';
    if (look.halo) {
      context.lineWidth = HALO_WIDTH;
      context.strokeStyle = look.halo;
      context.strokeText(text, x, y);
    }
    context.fillStyle = look.color;
    context.fillText(text, x, y);
  }

  widthOf(text: string, look: TextLook): number {
    return this.widths.widthOf(text, fontOf(look, this.families));
  }

  private paint(fill: Fill | undefined, stroke: Stroke | undefined): void {
    const { context } = this;
    if (fill) {
      context.globalAlpha = fill.opacity ?? 1;
      context.fillStyle = fill.color;
      context.fill();
    }
    if (stroke) {
      context.globalAlpha = stroke.opacity ?? 1;
      context.strokeStyle = stroke.color;
      context.lineWidth = stroke.width;
      context.setLineDash(stroke.dash ? [...stroke.dash] : []);
      context.stroke();
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
  }
}
