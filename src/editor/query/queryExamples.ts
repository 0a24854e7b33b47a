import type { Tokenizer } from '../../core/tokenizer/tokenizer';
import type { ExampleQuery } from '../../protocol/suggestionsView';

const NAME = 'Mike';

/** Of these one is several tokens in most vocabularies, with a space before it too. */
const LONG_WORDS = ['banana', 'walrus', 'kumquat', 'bioluminescence', 'antidisestablishmentarianism'];

/** Queries to try with a vocabulary: what is said of them holds in it. */
export function queryExamples(tokenizer: Tokenizer): readonly ExampleQuery[] {
  if (tokenizer.missing !== undefined) {
    return [
      { text: '#100', shows: 'the row with this number' },
      { text: '#100 - #101', shows: 'a formula over rows' },
    ];
  }
  if (tokenizer.labelKind === 'words') {
    return wordExamples(tokenizer);
  }
  const [id, ...others] = tokenizer.encode(NAME);
  const long = LONG_WORDS.find((word) => pieces(tokenizer, word) > 1 && pieces(tokenizer, ` ${word}`) > 1);
  return [
    { text: NAME, shows: 'nearest tokens of a word' },
    ...(id !== undefined && others.length === 0 ? [{ text: `#${id}`, shows: 'the token with this id' }] : []),
    ...(long === undefined ? [] : [{ text: long, shows: `a word of ${pieces(tokenizer, long)} tokens` }]),
    { text: 'king - man + woman', shows: 'a formula over tokens' },
  ];
}

/** Of words, those that are found. */
function wordExamples(tokenizer: Tokenizer): readonly ExampleQuery[] {
  const examples: readonly ExampleQuery[] = [
    { text: NAME.toLowerCase(), shows: 'nearest words' },
    { text: 'frog', shows: 'nearest words' },
    { text: 'ice cream', shows: 'the mean of two words' },
    { text: 'king - man + woman', shows: 'a formula over words' },
  ];
  return [
    ...examples.filter(({ text }) => tokenizer.notFound?.(text.replaceAll(/[-+]/g, ' ')).length === 0),
    { text: '#0', shows: 'the first row' },
  ];
}

function pieces(tokenizer: Tokenizer, text: string): number {
  return tokenizer.encode(text).length;
}
