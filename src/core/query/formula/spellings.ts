import type { Tokenizer } from '../../tokenizer/tokenizer';

/** Letters of which every mix of cases is tried: 32 of them, with and without a space. */
const MOST_MIXED_LETTERS = 5;

/**
 * The tokens that spell a text but for a leading space and for case: of `king` also ` King` and ` KING`. Of longer words those cases that
 * are written: all small, all large, and a large or small letter before what the text has.
 *
 * @returns Token ids, each once, rising.
 */
export function spellingsOf(tokenizer: Tokenizer, text: string): number[] {
  const word = text.startsWith(' ') ? text.slice(1) : text;
  const ids = new Set<number>();
  for (const spelling of casesOf(word)) {
    for (const form of [spelling, ` ${spelling}`]) {
      const tokens = tokenizer.encode(form);
      if (tokens.length === 1) {
        ids.add(tokens[0]);
      }
    }
  }
  return [...ids].sort((a, b) => a - b);
}

function casesOf(word: string): Iterable<string> {
  const characters = Array.from(word);
  return characters.length <= MOST_MIXED_LETTERS ? mixedCases(characters) : writtenCases(characters);
}

function mixedCases(characters: readonly string[]): Set<string> {
  let cases = new Set(['']);
  for (const character of characters) {
    const versions = [character, character.toLowerCase(), character.toUpperCase()];
    cases = new Set([...cases].flatMap((start) => versions.map((version) => start + version)));
  }
  return cases;
}

function writtenCases(characters: readonly string[]): Set<string> {
  const [first = '', ...others] = characters;
  const rest = others.join('');
  return new Set(
    [rest, rest.toLowerCase(), rest.toUpperCase()].flatMap((end) => [
      first + end,
      first.toLowerCase() + end,
      first.toUpperCase() + end,
    ]),
  );
}
