import type { Page } from 'playwright-core';

/** Where a word is in the window, in CSS pixels. */
export interface WordPosition {
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/**
 * The middle of a word in a text editor, in CSS pixels of the window.
 *
 * @param occurrence Which of the visible occurrences of the whole word, counted from 0 from the top.
 * @throws {Error} when there are fewer.
 */
export async function wordPosition(page: Page, word: string, occurrence: number): Promise<WordPosition> {
  const positions = await page.evaluate(findWord, word);
  const position = positions.sort((a, b) => a.y - b.y || a.x - b.x)[occurrence];
  if (!position) {
    throw new Error(`The editor shows "${word}" ${positions.length} times, not ${occurrence + 1} times.`);
  }
  return position;
}

/** Whether a cursor of an editor is at a word. */
export function hasCursor(page: Page, word: WordPosition): Promise<boolean> {
  return page.evaluate(
    ({ x, y, width }) =>
      [...document.querySelectorAll('.editor-instance .cursors-layer > .cursor')].some((cursor) => {
        const { left, top, bottom } = cursor.getBoundingClientRect();
        return Math.abs(left - x) <= width / 2 + 2 && top <= y && bottom >= y;
      }),
    word,
  );
}

/** Runs in the window. A word may be spread over several elements, one for each color. */
function findWord(word: string): WordPosition[] {
  const isLetter = (character: string | undefined) =>
    character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  return [...document.querySelectorAll('.editor-instance .view-line')].flatMap((line) => {
    const nodes: Text[] = [];
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      nodes.push(walker.currentNode as Text);
    }
    const text = nodes.map(({ data }) => data).join('');
    const boundary = (offset: number): [Text, number] => {
      let rest = offset;
      for (const node of nodes) {
        if (rest <= node.length) {
          return [node, rest];
        }
        rest -= node.length;
      }
      throw new RangeError(`Offset ${offset} is outside the line.`);
    };
    const found: WordPosition[] = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (isLetter(text[at - 1]) || isLetter(text[at + word.length])) {
        continue;
      }
      const range = document.createRange();
      range.setStart(...boundary(at));
      range.setEnd(...boundary(at + word.length));
      const { left, top, width, height } = range.getBoundingClientRect();
      found.push({ x: left + width / 2, y: top + height / 2, width });
    }
    return found;
  });
}
