import type { ExportedPlot } from '../../../src/protocol/panelMessages';
import type { ViewActions } from './viewActions';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
/** Pixels of a PNG for each CSS pixel: sharp on paper and on dense screens. */
const PNG_SCALE = 2;

/** What a drawing's look is made of. All but the last are inherited, so only what differs from the parent is written. */
const INHERITED = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'paint-order',
  'white-space',
] as const;
const COLORS: ReadonlySet<string> = new Set(['fill', 'stroke']);

/**
 * Sends a drawing to the host to be saved: standalone, in literal colors of the light theme and system fonts, whatever
 * theme is on, with its title and description.
 *
 * @param svg a drawing with width and height; `<title>` and `<desc>`, or an aria-label, tell what it shows
 */
export async function exportPlot(
  svg: SVGElement,
  plot: ExportedPlot,
  format: 'svg' | 'png',
  actions: ViewActions,
): Promise<void> {
  const text = standaloneSvg(svg);
  if (format === 'svg') {
    actions.send({ type: 'exportPlot', plot, format, content: text });
    return;
  }
  try {
    actions.send({ type: 'exportPlot', plot, format, content: await pngOf(text, sizeOf(svg)) });
  } catch {
    actions.announce('The picture could not be made. Export the drawing as SVG.');
  }
}

/** The drawing as the text of a file of its own. */
function standaloneSvg(svg: SVGElement): string {
  const stage = document.createElement('div');
  // Its rules give the theme's variables literal light values, so that every other rule yields literal colors.
  stage.className = 'export-light';
  stage.ariaHidden = 'true';
  const copy = svg.cloneNode(true) as SVGElement;
  stage.append(copy);
  document.body.append(stage);
  try {
    removeComments(copy);
    // All styles are read before one is written: what is written would be inherited.
    const styles = elementsOf(copy).map((element) => [element, literalStyle(element)] as const);
    for (const [element, style] of styles) {
      dropPageAttributes(element);
      style.forEach(([property, value]) => element.setAttribute(property, value));
    }
  } finally {
    stage.remove();
  }
  frame(copy, svg);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function elementsOf(svg: SVGElement): SVGElement[] {
  return [svg, ...svg.querySelectorAll<SVGElement>('*')];
}

/** Literal presentation attributes of an element, as far as it does not inherit them. */
function literalStyle(element: SVGElement): [string, string][] {
  const style = getComputedStyle(element);
  const isRoot = element instanceof SVGSVGElement;
  const parent = isRoot || !element.parentElement ? undefined : getComputedStyle(element.parentElement);
  const written: [string, string][] = [];
  for (const property of INHERITED) {
    const value = style.getPropertyValue(property);
    if (parent?.getPropertyValue(property) === value || value === '') {
      continue;
    }
    if (COLORS.has(property)) {
      const { color, alpha } = literalColor(value);
      written.push([property, color]);
      // Also an opaque color is written as such under a parent that is not.
      const isUnderOther = parent !== undefined && literalColor(parent.getPropertyValue(property)).alpha < 1;
      if (!element.hasAttribute(`${property}-opacity`) && (alpha < 1 || isUnderOther)) {
        written.push([`${property}-opacity`, String(alpha)]);
      }
    } else {
      written.push([property, value]);
    }
  }
  if (style.opacity !== '1') {
    written.push(['opacity', style.opacity]);
  }
  return written;
}

/** A computed color, such as `rgb(1, 2, 3)` or `color(srgb 0.1 0.2 0.3 / 0.5)`, as hexadecimal digits and an opacity. */
function literalColor(value: string): { readonly color: string; readonly alpha: number } {
  const numbers = (value.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number);
  const scale = value.startsWith('color(srgb') ? 255 : value.startsWith('rgb') ? 1 : undefined;
  if (scale === undefined || numbers.length < 3) {
    return { color: value, alpha: 1 };
  }
  const digits = numbers.slice(0, 3).map((number) => {
    const channel = Math.round(Math.min(255, Math.max(0, number * scale)));
    return channel.toString(16).padStart(2, '0');
  });
  return { color: `#${digits.join('')}`, alpha: Number((numbers[3] ?? 1).toFixed(3)) };
}

function removeComments(svg: SVGElement): void {
  const walker = document.createTreeWalker(svg, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) {
    comments.push(walker.currentNode as Comment);
  }
  comments.forEach((comment) => comment.remove());
}

function dropPageAttributes(element: SVGElement): void {
  for (const { name } of [...element.attributes]) {
    if (/^(?:class|style|id|tabindex|role|aria-.*|data-.*)$/.test(name)) {
      element.removeAttribute(name);
    }
  }
}

/** Puts size, title and a white ground into a copy. */
function frame(copy: SVGElement, svg: SVGElement): void {
  const { width, height } = sizeOf(svg);
  copy.setAttribute('xmlns', SVG_NAMESPACE);
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const title = copy.querySelector(':scope > title') ?? document.createElementNS(SVG_NAMESPACE, 'title');
  title.textContent ||= svg.getAttribute('aria-label') ?? '';
  const ground = document.createElementNS(SVG_NAMESPACE, 'rect');
  ground.setAttribute('width', String(width));
  ground.setAttribute('height', String(height));
  ground.setAttribute('fill', '#ffffff');
  ground.setAttribute('stroke', 'none');
  const description = copy.querySelector(':scope > desc');
  copy.prepend(title, ...(description ? [description] : []), ground);
}

function sizeOf(svg: SVGElement): { readonly width: number; readonly height: number } {
  return { width: Number(svg.getAttribute('width')), height: Number(svg.getAttribute('height')) };
}

/** @returns the PNG file as base64 */
async function pngOf(
  text: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (!context) {
    throw new Error('There is no canvas to draw on.');
  }
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
