/**
 * Parts a list of texts as people write or copy it: at line ends, at tabs, and at commas. A comma inside brackets or quotes belongs to
 * its text, as in `mean(ban, ana)` and `"Hello, world"`.
 *
 * @returns the texts without white space around them; those that are empty are left out
 */
export function splitTexts(list: string): string[] {
  return list
    .split(/[\r\n\t\u2028\u2029]+/)
    .flatMap(splitLine)
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function splitLine(line: string): string[] {
  const texts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < line.length; at++) {
    switch (line[at]) {
      case '"':
        at = stringEnd(line, at) ?? at;
        break;
      case '(':
        depth++;
        break;
      case ')':
        depth = Math.max(0, depth - 1);
        break;
      case ',':
        if (depth === 0) {
          texts.push(line.slice(start, at));
          start = at + 1;
        }
        break;
      default:
    }
  }
  return [...texts, line.slice(start)];
}

/** Where the quote is that closes a string; undefined where none does, or a word runs into the quote that would open it, as in `5"`. */
function stringEnd(line: string, open: number): number | undefined {
  if (/[^\s(,+\-−*]/.test(line[open - 1] ?? ' ')) {
    return undefined;
  }
  for (let at = open + 1; at < line.length; at++) {
    if (line[at] === '\\') {
      at++;
    } else if (line[at] === '"') {
      return at;
    }
  }
  return undefined;
}
