import { describeBlanks, isBlank } from './indentation';
import { counted } from './phrases';
import type { SurpriseSteps } from './surprise';
import { countTokens, type TokenizedText } from './tokenizedText';

/**
 * Spaces and tabs at the end of a prompt, also before one last line break, which is normal in files and counts for nothing. The mark
 * begins with the first blank after the last visible character, as blanks of the lines before would be at the end next. A text that is
 * white space alone is no prompt.
 */
export function* trailingSpace(source: TokenizedText): SurpriseSteps {
  const { text } = source;
  const end = text.length - (/\r?\n$/.exec(text.slice(-2))?.[0].length ?? 0);
  const last = backOver(text, end, isBlank);
  const visibleEnd = backOver(text, last, isWhiteSpace);
  if (last === end || visibleEnd === 0) {
    return;
  }
  const start = visibleEnd + text.slice(visibleEnd, end).search(/[ \t]/);
  yield {
    kind: 'trailingSpace',
    start,
    end,
    message:
      `The text ends with ${describeBlanks(text.slice(last, end))} (${counted(countTokens(source, last, end), 'token')}). ` +
      "The space before a word is part of the word's token: a model that goes on from here has to write a word that has lost its space, " +
      'which it has rarely seen.',
    fix: {
      title: 'Remove the white space at the end',
      edit: { offset: start, length: end - start, text: text.slice(start, end).replace(/[ \t]/g, '') },
    },
  };
}

/** Where the run of some characters begins that ends at a place. */
function backOver(text: string, end: number, isInRun: (unit: number) => boolean): number {
  let start = end;
  while (start > 0 && isInRun(text.charCodeAt(start - 1))) {
    start--;
  }
  return start;
}

function isWhiteSpace(unit: number): boolean {
  return isBlank(unit) || unit === 0x0a || unit === 0x0d;
}
