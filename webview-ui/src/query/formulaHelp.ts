import { html, type TemplateResult } from 'lit/html.js';
import { rowsAreWords } from '../rowNames';

const PARTS = [
  { text: 'Mike', says: 'a word' },
  { text: '" Mike"', says: 'a string with its leading space' },
  { text: '#4995', says: 'a token by its id' },
  { text: 'king - man + woman', says: 'sums and differences, signs with spaces around them' },
  { text: '2 * king', says: 'a weight' },
  { text: 'mean(apple, pear)', says: 'the average of several' },
  { text: 'king - (man + boy)', says: 'parentheses' },
];

/** Where rows are words, which are written as they are labelled. */
const PARTS_OF_WORDS: typeof PARTS = [
  { text: 'king', says: 'a word, spelled as in the file' },
  { text: '"-king-"', says: 'one with signs in it, in quotes' },
  { text: '#4995', says: 'a row by its number' },
  ...PARTS.slice(3),
];

/** What the query line understands; shown where it did not. */
export function formulaHelp(): TemplateResult {
  return html`<div class="message">
    <p class="quiet">The query line takes:</p>
    <ul class="examples">
      ${(rowsAreWords() ? PARTS_OF_WORDS : PARTS).map(
        ({ text, says }) =>
          html`<li><span class="example tok">${text}</span> <span class="quiet">${says}</span></li>`,
      )}
    </ul>
    <p class="quiet">
      The words of a formula are left out of its answer, in all their spellings: with them left in, an analogy
      mostly answers one of its own words, whatever it is about.
    </p>
  </div>`;
}
