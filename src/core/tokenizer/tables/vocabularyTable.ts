import { FREE_SLOT, freeSlots, mixed, slotOf } from './openAddressing';

/** A {@link VocabularyTable} as it crosses between threads. */
export interface VocabularyTableData {
  /** All spellings, one after the other, by rising id. */
  readonly text: string;
  /** Where the spelling of each id ends in the text, in UTF-16 units; it begins where the one before ends. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** 1 for an id that a token has; the spelling of others is empty. */
  readonly isToken: Uint8Array<ArrayBuffer>;
  /** Open addressing from spelling to id. */
  readonly slots: Uint32Array<ArrayBuffer>;
  readonly seed: number;
}

/** The spellings of a vocabulary in both directions, in flat memory: nothing is made for a token before somebody asks for it. */
export class VocabularyTable {
  constructor(private readonly data: VocabularyTableData) {}

  /**
   * @param spellings By id; undefined at ids that no token has.
   * @param seed Any 32 bits that whoever wrote the vocabulary does not know.
   */
  static dataOf(spellings: readonly (string | undefined)[], seed: number): VocabularyTableData {
    const ends = new Uint32Array(spellings.length);
    const isToken = new Uint8Array(spellings.length);
    const slots = freeSlots(spellings.length);
    let end = 0;
    for (let id = 0; id < spellings.length; id++) {
      const spelling = spellings[id];
      if (spelling !== undefined) {
        isToken[id] = 1;
        end += spelling.length;
        let slot = slotOf(hashOf(spelling, 0, spelling.length, seed), slots);
        while (slots[slot] !== FREE_SLOT) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = id;
      }
      ends[id] = end;
    }
    return { text: spellings.map((spelling) => spelling ?? '').join(''), ends, isToken, slots, seed };
  }

  /** Ids are below this. */
  get size(): number {
    return this.data.ends.length;
  }

  /** The spelling of a token; undefined for an id that none has, or that is out of range. */
  spellingOf(id: number): string | undefined {
    const { text, ends, isToken } = this.data;
    return isToken[id] === 1 ? text.slice(id === 0 ? 0 : ends[id - 1], ends[id]) : undefined;
  }

  /** The id of the token that is spelled as `text` from `from` to `to`; undefined where there is none. */
  idOf(text: string, from = 0, to = text.length): number | undefined {
    const { slots, ends, text: all, seed } = this.data;
    let slot = slotOf(hashOf(text, from, to, seed), slots);
    for (let id = slots[slot]; id !== FREE_SLOT; id = slots[slot]) {
      const start = id === 0 ? 0 : ends[id - 1];
      if (ends[id] - start === to - from && isSame(all, start, text, from, to - from)) {
        return id;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return undefined;
  }
}

function hashOf(text: string, from: number, to: number, seed: number): number {
  let hash = mixed(seed, to - from);
  for (let at = from; at < to; at++) {
    hash = mixed(hash, text.charCodeAt(at));
  }
  return hash;
}

function isSame(a: string, fromA: number, b: string, fromB: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (a.charCodeAt(fromA + at) !== b.charCodeAt(fromB + at)) {
      return false;
    }
  }
  return true;
}
