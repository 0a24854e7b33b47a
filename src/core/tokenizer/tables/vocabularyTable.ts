import { FREE_SLOT, freeSlots, mixed, slotOf } from './openAddressing';

/** Units that become text at once: fewer than a call may have parameters. */
const UNITS_AT_ONCE = 1 << 12;

/** A {@link VocabularyTable} as it crosses between threads. */
export interface VocabularyTableData {
  /** All spellings, one after the other, by rising id, in UTF-16. Not a string: that would be copied for each thread. */
  readonly units: Uint16Array<ArrayBuffer>;
  /** Where the spelling of each id ends in the units; it begins where the one before ends. */
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
    const units = new Uint16Array(end);
    let written = 0;
    for (const spelling of spellings) {
      for (let at = 0; spelling !== undefined && at < spelling.length; at++) {
        units[written++] = spelling.charCodeAt(at);
      }
    }
    return { units, ends, isToken, slots, seed };
  }

  /** Ids are below this. */
  get size(): number {
    return this.data.ends.length;
  }

  /** The spelling of a token; undefined for an id that none has, or that is out of range. */
  spellingOf(id: number): string | undefined {
    const { units, ends, isToken } = this.data;
    return isToken[id] === 1 ? textOfUnits(units, id === 0 ? 0 : ends[id - 1], ends[id]) : undefined;
  }

  /** Whether a token has this id, 0 ≤ id < size. */
  has(id: number): boolean {
    return this.data.isToken[id] === 1;
  }

  /** UTF-16 units of the spelling of a token; 0 for an id that none has. */
  lengthOf(id: number): number {
    const { ends } = this.data;
    return id === 0 ? ends[0] : ends[id] - ends[id - 1];
  }

  /** The id of the token that is spelled as `text` from `from` to `to`; undefined where there is none. */
  idOf(text: string, from = 0, to = text.length): number | undefined {
    const { slots, ends, units, seed } = this.data;
    let slot = slotOf(hashOf(text, from, to, seed), slots);
    for (let id = slots[slot]; id !== FREE_SLOT; id = slots[slot]) {
      const start = id === 0 ? 0 : ends[id - 1];
      if (ends[id] - start === to - from && isSame(units, start, text, from, to - from)) {
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

function textOfUnits(units: Uint16Array, from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at += UNITS_AT_ONCE) {
    text += String.fromCharCode(...units.subarray(at, Math.min(at + UNITS_AT_ONCE, to)));
  }
  return text;
}

function isSame(units: Uint16Array, start: number, text: string, from: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (units[start + at] !== text.charCodeAt(from + at)) {
      return false;
    }
  }
  return true;
}
