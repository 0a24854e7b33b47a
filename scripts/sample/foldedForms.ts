import { FORM_BITS } from '../../src/core/sampleVectors/sampleForm';

/** What spellings of one word have in common, and which tokens spell it. */
export interface FoldedForm {
  /** Without the leading space, in lower case: `mike` for "Mike", " Mike" and "MIKE". Latin-1 of the bytes where they are no text. */
  readonly text: string;
  /** False for bytes of a cut character. */
  readonly isText: boolean;
  /** A token of it begins a word: with a space before it, or with a capital. */
  readonly beginsWords: boolean;
}

export interface FoldedVocabulary {
  /** In the order of the first token of each. */
  readonly forms: readonly FoldedForm[];
  /** By token id: index of its folded form. */
  readonly rows: Uint16Array;
  /** By token id: what was folded away, in {@link FORM_BITS}. */
  readonly spellings: Uint8Array;
}

/** The part of a tokenizer that is folded. */
interface Vocabulary {
  readonly vocabularySize: number;
  tokenBytes(id: number): Uint8Array;
}

/** Folds space and case away. */
export function foldVocabulary(vocabulary: Vocabulary): FoldedVocabulary {
  const forms: { text: string; isText: boolean; beginsWords: boolean }[] = [];
  const known = new Map<string, number>();
  const rows = new Uint16Array(vocabulary.vocabularySize);
  const spellings = new Uint8Array(vocabulary.vocabularySize);
  for (let id = 0; id < vocabulary.vocabularySize; id++) {
    const { text, isText, spelling } = fold(vocabulary.tokenBytes(id));
    const key = `${String(isText)} ${text}`;
    let row = known.get(key);
    if (row === undefined) {
      row = forms.push({ text, isText, beginsWords: false }) - 1;
      known.set(key, row);
    }
    const form = forms[row];
    if (form && spelling !== 0) {
      form.beginsWords = true;
    }
    rows[id] = row;
    spellings[id] = spelling;
  }
  return { forms, rows, spellings };
}

function fold(bytes: Uint8Array): { text: string; isText: boolean; spelling: number } {
  let whole: string;
  try {
    whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { text: String.fromCharCode(...bytes), isText: false, spelling: 0 };
  }
  const isSpaced = whole.startsWith(' ') && whole.length > 1;
  const bare = isSpaced ? whole.slice(1) : whole;
  const text = bare.toLowerCase();
  return { text, isText: true, spelling: (isSpaced ? FORM_BITS.space : 0) | caseOf(bare, text) };
}

function caseOf(bare: string, lower: string): number {
  if (bare === lower) {
    return 0;
  }
  return bare.length > 1 && bare === bare.toUpperCase() ? FORM_BITS.upper : FORM_BITS.capital;
}
