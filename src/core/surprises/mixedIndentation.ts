import {
  converted,
  describeBlanks,
  kindOf,
  lineAt,
  type IndentationKind,
  type IndentationStyle,
  type IndentedLine,
} from './indentation';
import { counted } from './phrases';
import type { Surprise, SurpriseSteps } from './surprise';
import { STRETCH, type TokenizedText } from './tokenizedText';

/**
 * Lines that are not indented as most of the text is: by tabs among spaces, by spaces among tabs, or by both in a line. Fewer spaces than
 * a tab is wide after tabs are alignment, as in the comments of files that are indented by tabs, and are not marked. Lines of white space
 * alone have no indentation.
 */
export function* mixedIndentation(source: TokenizedText, style: IndentationStyle): SurpriseSteps {
  const kind = yield* majority(source.text, style);
  for (const line of steps(source.text)) {
    const indentation = line && converted(line.indentation, kind, style.tabSize);
    yield line && indentation !== line.indentation
      ? surprise(source, line, indentation ?? '', kind)
      : undefined;
  }
}

/** Indented lines, a stretch of text at a time; undefined between them. */
function* steps(text: string): Generator<IndentedLine | undefined> {
  let rested = 0;
  for (let at = 0; at <= text.length;) {
    const { indented, next } = lineAt(text, at);
    if (indented) {
      yield indented;
    }
    at = next;
    if (at - rested >= STRETCH) {
      rested = at;
      yield undefined;
    }
  }
}

function* majority(text: string, style: IndentationStyle): Generator<undefined, IndentationKind> {
  let surplus = 0;
  for (const line of steps(text)) {
    const kind = line && kindOf(line.indentation);
    surplus += kind === 'spaces' ? 1 : kind === 'tabs' ? -1 : 0;
    if (line === undefined) {
      yield undefined;
    }
  }
  return surplus > 0 || (surplus === 0 && style.insertSpaces) ? 'spaces' : 'tabs';
}

function surprise(
  source: TokenizedText,
  { start, indentation }: IndentedLine,
  replacement: string,
  kind: IndentationKind,
): Surprise {
  const isMixed = indentation.includes(' ') && indentation.includes('\t');
  const before = indentationTokens(source, start, indentation.length, indentation);
  const after = indentationTokens(source, start, indentation.length, replacement);
  return {
    kind: 'mixedIndentation',
    start,
    end: start + indentation.length,
    message:
      `${isMixed ? 'This line is indented by tabs and spaces' : `Most lines here are indented by ${kind}`}: ` +
      `${describeBlanks(indentation)} before its first word ${before === 1 ? 'is' : 'are'} ${counted(before, 'token')}, ` +
      `${describeBlanks(replacement)} would be ${after}.`,
    fix: {
      title: `Indent this line by ${kind}`,
      edit: { offset: start, length: indentation.length, text: replacement },
    },
  };
}

/** White space before an indentation is tokenized with it; more than this is cut. */
const MAX_WHITE_SPACE = 200;

/** Text after an indentation that decides whether its last space is joined with a word. */
const WORD_LENGTH = 16;

/**
 * Tokens that an indentation has, as it is or with another in its place. The last space belongs to the word after it and is not among
 * them where the tokenizer joins the two.
 *
 * The white space before the line is tokenized with it, from the last visible character on, where a pre-token ends.
 */
function indentationTokens(
  { text, tokenizer }: TokenizedText,
  start: number,
  length: number,
  replacement: string,
): number {
  const before = /\s*$/.exec(text.slice(Math.max(0, start - MAX_WHITE_SPACE), start))?.[0] ?? '';
  const after = text.slice(start + length, start + length + WORD_LENGTH);
  const { offsets } = tokenizer.encodeWithOffsets(before + replacement + after);
  const end = before.length + replacement.length;
  return offsets.filter(([from, to]) => from >= before.length && to <= end).length;
}
