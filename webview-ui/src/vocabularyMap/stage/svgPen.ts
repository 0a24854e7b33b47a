import { fontOf, HALO_WIDTH, type Fill, type Pen, type Stroke, type TextLook } from './pen';
import type { TextWidths } from './textWidths';

/** What XML cannot hold, not even as a reference. */
const NOT_IN_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Any text as XML text or the value of an attribute. */
export function xmlText(text: string): string {
  return text.replace(NOT_IN_XML, '\ufffd').replace(/[&<>"]/g, (sign) => ENTITIES[sign]);
}

/** A place or length, to a tenth of a pixel. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Writes elements of an SVG. */
export class SvgPen implements Pen {
  readonly elements: string[] = [];

  constructor(
    private readonly families: { readonly mono: string; readonly ui: string },
    private readonly widths: TextWidths,
  ) {}

  path(corners: readonly number[], stroke: Stroke, fill?: Fill): void {
    const places: string[] = [];
    for (let i = 0; i + 1 < corners.length; i += 2) {
      places.push(`${svgNumber(corners[i])} ${svgNumber(corners[i + 1])}`);
    }
    const line = `M${places.join('L')}${fill ? 'Z' : ''}`;
    this.elements.push(`<path d="${line}"${fillOf(fill)}${strokeOf(stroke)} stroke-linejoin="round"/>`);
  }

  disc(x: number, y: number, radius: number, fill: Fill | undefined, stroke?: Stroke): void {
    const circle = `cx="${svgNumber(x)}" cy="${svgNumber(y)}" r="${svgNumber(radius)}"`;
    this.elements.push(`<circle ${circle}${fillOf(fill)}${stroke ? strokeOf(stroke) : ''}/>`);
  }

  text(text: string, x: number, y: number, look: TextLook): void {
    const attributes = [
      `x="${svgNumber(x)}" y="${svgNumber(y)}"`,
      `font-family="${xmlText(this.families[look.family])}" font-size="${look.size}"`,
      ...(look.weight && look.weight !== 400 ? [`font-weight="${look.weight}"`] : []),
      ...(look.isItalic ? ['font-style="italic"'] : []),
      ...(look.isCentered ? ['text-anchor="middle"'] : []),
      ...(look.halo
        ? [
            `paint-order="stroke" stroke="${xmlText(look.halo)}" stroke-width="${HALO_WIDTH}" stroke-linejoin="round"`,
          ]
        : []),
      `fill="${xmlText(look.color)}" xml:space="preserve"`,
    ];
    this.elements.push(`<text ${attributes.join(' ')}>${xmlText(text)}</text>`);
  }

  widthOf(text: string, look: TextLook): number {
    return this.widths.widthOf(text, fontOf(look, this.families));
  }
}

function fillOf(fill: Fill | undefined): string {
  if (!fill) {
    return ' fill="none"';
  }
  const opacity = fill.opacity === undefined ? '' : ` fill-opacity="${fill.opacity}"`;
  return ` fill="${xmlText(fill.color)}"${opacity}`;
}

function strokeOf({ color, width, dash, opacity }: Stroke): string {
  return [
    ` stroke="${xmlText(color)}" stroke-width="${width}"`,
    ...(dash ? [`stroke-dasharray="${dash.join(' ')}"`] : []),
    ...(opacity === undefined ? [] : [`stroke-opacity="${opacity}"`]),
  ].join(' ');
}
