/**
 * What an SVG of ours is made of: shapes, text, and words about them. No scripts, styles, links, pictures, foreign markup or
 * entities of a document type: whoever opens the file in a browser runs nothing.
 */
const ELEMENTS: ReadonlySet<string> = new Set([
  ...['svg', 'g', 'title', 'desc', 'text', 'tspan'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'],
]);

/** Attributes that make an element act, load something, or mean something else than it says. */
const ACTING_ATTRIBUTE = /^(?:on.*|style|src|.*href|xml:base|xmlns:.*)$/i;

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

const DECLARATION = /^\s*<\?xml version="1\.0"(?: encoding="UTF-8")?\?>/;
/** Each alternative begins with another character, and nothing is repeated within a repetition: time grows with the text alone. */
const TEXT = /[^<&]+|&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});/y;
const TAG_START = /<(\/?)([A-Za-z]+)/y;
const ATTRIBUTE = /\s+([A-Za-z][\w:.-]*)="([^"<]*)"/y;
const TAG_END = /\s*(\/?)>/y;
/** In a value, numbers stand for white space alone: other characters could spell what is refused below. */
const REFERENCE = /&(?!(?:lt|gt|amp|quot|apos|#(?:9|10|13|x9|xA|xD));)/;

/**
 * Reads an SVG as the page writes it, from the first character to the last.
 *
 * @returns where the start tag of the root ends: the place for a first child.
 * @throws {RangeError} for anything that is not plain shapes and text: elements and attributes that could run or load something,
 *   comments, document types, and markup that is not well formed.
 */
export function plainDrawing(svg: string): { readonly rootEnd: number } {
  const open: string[] = [];
  let rootEnd: number | undefined;
  let at = DECLARATION.exec(svg)?.[0].length ?? 0;
  const next = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(svg);
    at = match === null ? at : pattern.lastIndex;
    return match;
  };
  while (at < svg.length) {
    const text = next(TEXT);
    if (text !== null) {
      if (open.length === 0 && text[0].trim() !== '') {
        throw refused('there is text beside the drawing');
      }
      continue;
    }
    const [, isEnd, name = ''] = next(TAG_START) ?? [];
    if (!ELEMENTS.has(name)) {
      throw refused(name === '' ? 'its markup is none that drawings have' : `it has an element ${name}`);
    }
    if (isEnd !== '') {
      if (open.pop() !== name || next(/>/y) === null) {
        throw refused(`the element ${name} does not end where it should`);
      }
      continue;
    }
    if (open.length === 0 && (rootEnd !== undefined || name !== 'svg')) {
      throw refused('it is not one element svg');
    }
    for (let attribute = next(ATTRIBUTE); attribute !== null; attribute = next(ATTRIBUTE)) {
      checkAttribute(attribute[1] ?? '', attribute[2] ?? '');
    }
    const tagEnd = next(TAG_END);
    if (tagEnd === null || (tagEnd[1] === '/' && open.length === 0)) {
      throw refused(`the tag of the element ${name} is not well formed`);
    }
    rootEnd ??= at;
    if (tagEnd[1] === '') {
      open.push(name);
    }
  }
  if (rootEnd === undefined || open.length > 0) {
    throw refused('it is not complete');
  }
  return { rootEnd };
}

function checkAttribute(name: string, value: string): void {
  if (ACTING_ATTRIBUTE.test(name) || (name === 'xmlns' && value !== SVG_NAMESPACE)) {
    throw refused(`it has an attribute ${name}`);
  }
  // `url(` fetches, `javascript:` runs; drawings of ours have neither.
  if (REFERENCE.test(value) || /url\s*\(|script:/i.test(value)) {
    throw refused(`the value of its attribute ${name} refers to something`);
  }
}

function refused(reason: string): RangeError {
  return new RangeError(`The drawing is no plain SVG: ${reason}.`);
}
