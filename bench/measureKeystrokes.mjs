// What typing costs in a document of a megabyte: plain Node, the tokens alone.
import { DocumentTokens } from '../src/core/tokenizer/documentTokens';
import { seededRandom, summarize } from './statistics.mjs';

const KEYSTROKES = 500;
const WARM_UP = 50;
const VISIBLE_UNITS = 5_000;
const TYPED = { nucleotides: 'ACGT' };
const TYPED_ELSEWHERE = 'a word or (two). ';

/** Figures in milliseconds, except the length, for each of some texts by name. */
export function measureKeystrokes(tokenizer, texts) {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      measureText(tokenizer, text, TYPED[name] ?? TYPED_ELSEWHERE),
    ]),
  );
}

function measureText(tokenizer, text, typed) {
  const opened = performance.now();
  const document = new DocumentTokens(tokenizer, text);
  document.advance();
  const open = performance.now() - opened;
  const keystrokes = [];
  const words = [];
  const selections = [];
  const random = seededRandom(88);
  let offset = text.length >> 1;
  for (let i = -WARM_UP; i < KEYSTROKES; i++) {
    const character = typed.charAt(Math.floor(random() * typed.length));
    const begin = performance.now();
    document.apply([{ offset, length: 0, text: character }]);
    document.advance();
    const count = document.count;
    const visible = document.tokensIn(offset - VISIBLE_UNITS / 2, offset + VISIBLE_UNITS / 2);
    const listed = performance.now();
    document.countAlone(1, text.length - 1);
    const selected = performance.now();
    const statistics = document.wordStatistics();
    const end = performance.now();
    if (count === undefined || visible === undefined || statistics === undefined) {
      throw new Error('The document is not tokenized');
    }
    offset++;
    if (i >= 0) {
      keystrokes.push(listed - begin);
      selections.push(selected - listed);
      words.push(end - selected);
    }
  }
  return {
    units: text.length,
    open,
    keystroke: summarize(keystrokes),
    selection: summarize(selections),
    words: summarize(words),
  };
}
