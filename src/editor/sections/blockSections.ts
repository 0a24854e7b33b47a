import type { Steps } from '../../core/work/steps';
import { MOST_SECTIONS, type Outline, type Section } from './section';

/** UTF-16 units of the first line that a block is named after: more than is shown. */
const LONGEST_NAME = 200;

/** Lines that are looked at between two steps. */
const LINES_A_STEP = 64;

/** The lines of a text, without their ends. */
export interface TextLines {
  readonly count: number;
  textOf(line: number): string;
  /** UTF-16 offset at which a line begins. */
  offsetOf(line: number): number;
}

/** The blocks of a text without an outline: what stands between empty lines, each named after its first line. */
export function* blockSections(lines: TextLines): Steps<Outline> {
  const sections: Section[] = [];
  let open: { readonly name: string; readonly start: number; end: number } | undefined;
  for (let line = 0; line < lines.count; line++) {
    const text = lines.textOf(line);
    if (/\S/.test(text)) {
      if (!open && sections.length === MOST_SECTIONS) {
        return { sections, isCut: true };
      }
      const start = lines.offsetOf(line);
      open ??= { name: text.trimStart().slice(0, LONGEST_NAME).trimEnd(), start, end: start };
      open.end = start + text.length;
    } else if (open) {
      sections.push(blockOf(open));
      open = undefined;
    }
    if (line % LINES_A_STEP === LINES_A_STEP - 1) {
      yield;
    }
  }
  return { sections: open ? [...sections, blockOf(open)] : sections, isCut: false };
}

function blockOf(block: Pick<Section, 'name' | 'start' | 'end'>): Section {
  return { ...block, kind: undefined, children: [] };
}
