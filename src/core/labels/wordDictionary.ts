import type { Encoding, TokenRange } from '../tokenizer/encoding';
import type { Tokenizer } from '../tokenizer/tokenizer';
import { finish, type Steps } from '../work/steps';
import type { HashKey } from './keyedHash';
import { LabelIndex } from './labelIndex';
import type { LabelKind } from './labelKind';
import type { LabelTable } from './labelTable';

/** Words of a text: whatever white space parts. */
const WORD = /\S+/gu;

/**
 * Stands in for a tokenizer where the rows of a matrix have labels of their own, as word vectors have: a text is looked up, and is found or it
 * is not. A text that is no label is looked up word by word. What is not found has no token, so the ranges of the tokens leave it out, and
 * {@link notFound} names it.
 */
export class WordDictionary implements Tokenizer {
  private readonly encoder = new TextEncoder();

  private constructor(
    readonly name: string,
    readonly labels: LabelTable,
    readonly labelKind: LabelKind,
    private readonly index: LabelIndex,
  ) {}

  /**
   * @param name For people: what the rows are of.
   * @param key Secret from whoever wrote the labels.
   */
  static *of(name: string, labels: LabelTable, kind: LabelKind, key: HashKey): Steps<WordDictionary> {
    return new WordDictionary(name, labels, kind, yield* LabelIndex.of(labels, key));
  }

  get vocabularySize(): number {
    return this.labels.count;
  }

  /** Rows whose label an earlier row has, and which no word leads to. */
  get repeated(): number {
    return this.index.repeated;
  }

  encode(text: string): number[] {
    return [...this.encodeWithOffsets(text).ids];
  }

  encodeWithOffsets(text: string): Encoding {
    return finish(this.encodeInSteps(text));
  }

  *encodeInSteps(text: string): Steps<Encoding> {
    const ids: number[] = [];
    const offsets: TokenRange[] = [];
    for (const { id, start, end } of this.lookUp(text)) {
      if (id !== undefined) {
        ids.push(id);
        offsets.push([start, end]);
      }
      yield undefined;
    }
    return { ids, offsets };
  }

  *countTokensInSteps(text: string): Steps<number> {
    let count = 0;
    for (const { id } of this.lookUp(text)) {
      count += id === undefined ? 0 : 1;
      yield undefined;
    }
    return count;
  }

  /** The words of a text that no label is, each once, in their order. */
  notFound(text: string): string[] {
    const missing = new Set<string>();
    for (const { id, start, end } of this.lookUp(text)) {
      if (id === undefined) {
        missing.add(text.slice(start, end));
      }
    }
    return [...missing];
  }

  decode(ids: readonly number[]): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    if (this.labelKind === 'words') {
      return ids.map((id) => decoder.decode(this.labelOf(id))).join(' ');
    }
    // A character may be spread over several tokens.
    const parts = ids.map((id) => decoder.decode(this.labelOf(id), { stream: true }));
    return parts.join('') + decoder.decode();
  }

  hasToken(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.labels.count;
  }

  tokenBytes(id: number): Uint8Array {
    return this.labelOf(id).slice();
  }

  private labelOf(id: number): Uint8Array {
    if (!this.hasToken(id)) {
      throw new RangeError(`${id} is no row with a label: there are ${this.labels.count}.`);
    }
    return this.labels.labelOf(id);
  }

  private rowOf(text: string): number | undefined {
    return this.index.rowOf(this.encoder.encode(text));
  }

  /** The text as one label, else its words, each with its row where it has one. */
  private *lookUp(
    text: string,
  ): Generator<{ readonly id: number | undefined } & Readonly<Record<'start' | 'end', number>>> {
    const trimmed = text.trim();
    for (const whole of trimmed === text ? [text] : [text, trimmed]) {
      const id = whole === '' ? undefined : this.rowOf(whole);
      if (id !== undefined) {
        const start = text.indexOf(whole);
        yield { id, start, end: start + whole.length };
        return;
      }
    }
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const end = index + word.length;
      const spaced =
        this.labelKind === 'tokens' && text[index - 1] === ' ' ? this.rowOf(` ${word}`) : undefined;
      yield spaced === undefined
        ? { id: this.rowOf(word), start: index, end }
        : { id: spaced, start: index - 1, end };
    }
  }
}
