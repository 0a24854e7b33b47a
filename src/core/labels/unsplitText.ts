import type { Tokenizer } from '../tokenizer/tokenizer';

/**
 * Why no text is split: its words are looked up among the labels of rows, and what stands between them is nothing.
 *
 * @returns A sentence for people; undefined for a tokenizer that splits texts.
 */
export function unsplitText({ labelKind, name }: Tokenizer): string | undefined {
  switch (labelKind) {
    case 'words':
      return `The rows of ${name} are words, which are looked up: no text is split into tokens. Point at a word, or ask for it in the inspector.`;
    case 'tokens':
      return `${name} comes without its tokenizer: its tokens are looked up by their texts, and no text is split into them. Ask for one in the inspector.`;
    default:
      return undefined;
  }
}
