import type { Steps } from '../../core/work/steps';
import { MOST_SECTIONS, type Outline, type Section } from './section';

/** Sections deeper than this are left out: no outline for people is so deep. */
const DEEPEST = 32;

/** Counted from 0, as `vscode.Position` is. */
export interface OutlinePlace {
  readonly line: number;
  readonly character: number;
}

/** A symbol as VS Code tells it: what an extension for the language says, so its range may be any. */
export interface OutlineSymbol {
  readonly name: string;
  readonly kind: number;
  readonly range: { readonly start: OutlinePlace; readonly end: OutlinePlace };
  readonly children: readonly OutlineSymbol[];
}

/** The text that the symbols are of. */
export interface OutlinedText {
  /** UTF-16 offset of a place; of one that is outside the text, that of the nearest. */
  offsetAt(place: OutlinePlace): number;
  /** The line of a place, up to that place. */
  lineBefore(place: OutlinePlace): string;
}

interface Nested extends Section {
  readonly children: Nested[];
}

/**
 * The sections that symbols name. They are nested by their ranges; where one reaches over the end of another it begins there, so that
 * sections of one level add up.
 */
export function* symbolSections(symbols: readonly OutlineSymbol[], text: OutlinedText): Steps<Outline> {
  const found: Nested[] = [];
  const waiting = [...symbols].reverse();
  while (found.length < MOST_SECTIONS) {
    const symbol = waiting.pop();
    if (!symbol) {
      break;
    }
    found.push(sectionOf(symbol, text));
    for (const child of [...symbol.children].reverse()) {
      waiting.push(child);
    }
    yield;
  }
  // Of those with one range the outer was found first, and sorting keeps that.
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return { sections: nested(found), isCut: waiting.length > 0 };
}

/** With the white space before it in its line: the token of a word has its space, and indentation is for what is indented. */
function sectionOf({ name, kind, range }: OutlineSymbol, text: OutlinedText): Nested {
  const before = text.lineBefore(range.start);
  const start = text.offsetAt(range.start) - (before.length - before.trimEnd().length);
  return { name, kind, start, end: Math.max(start, text.offsetAt(range.end)), children: [] };
}

function nested(sections: readonly Nested[]): Nested[] {
  const roots: Nested[] = [];
  const open: Nested[] = [];
  for (const section of sections) {
    let { start } = section;
    for (let outer = open.at(-1); outer && section.end > outer.end; outer = open.at(-1)) {
      start = Math.max(start, outer.end);
      open.pop();
    }
    start = Math.max(start, open.at(-1)?.start ?? 0);
    if (open.length < DEEPEST) {
      const placed = { ...section, start, end: Math.max(start, section.end) };
      (open.at(-1)?.children ?? roots).push(placed);
      open.push(placed);
    }
  }
  return roots;
}
