import type { Steps } from '../../core/work/steps';

/** UTF-16 units that are looked at between two steps; a power of two. */
const UNITS_AT_ONCE = 1 << 14;

/** Nodes that are made or linked between two steps. */
const NODES_AT_ONCE = 1 << 10;

/**
 * Finds which of many texts begins at each place of another, the longest of those that do: an automaton of Aho and Corasick that
 * reads backwards. It takes two steps for each unit at most, however long the texts are and whatever they have in common.
 */
export class LongestTokens {
  /** Of each node, by unit: the node for one unit more to the left. Node 0 stands for nothing. */
  private readonly next = [new Map<number, number>()];
  /** Of each node: the longest other one that what it stands for begins with. */
  private fallbacks = new Int32Array(0);
  /** Of each node: the longest text that what it stands for begins with, or -1. */
  private longest = new Int32Array(0);

  private constructor() {
    // Filled by `build`.
  }

  /** @param texts None is empty. Of equal ones the first counts. */
  static *of(texts: readonly string[]): Steps<LongestTokens> {
    const made = new LongestTokens();
    yield* made.build(texts);
    return made;
  }

  /** By UTF-16 offset: the index of the longest text that begins there, or -1. */
  *startsIn(text: string): Steps<Int32Array> {
    const starts = new Int32Array(text.length);
    let node = 0;
    for (let at = text.length - 1; at >= 0; at--) {
      node = this.step(node, text.charCodeAt(at));
      starts[at] = this.longest[node] ?? -1;
      if ((at & (UNITS_AT_ONCE - 1)) === 0 && at > 0) {
        yield;
      }
    }
    return starts;
  }

  private *build(texts: readonly string[]): Steps<void> {
    const own = [-1];
    for (const [index, text] of texts.entries()) {
      let node = 0;
      for (let at = text.length - 1; at >= 0; at--) {
        const unit = text.charCodeAt(at);
        let longer = this.next[node]?.get(unit);
        if (longer === undefined) {
          longer = this.next.push(new Map()) - 1;
          own.push(-1);
          this.next[node]?.set(unit, longer);
          if (longer % NODES_AT_ONCE === 0) {
            yield;
          }
        }
        node = longer;
      }
      if (own[node] === -1) {
        own[node] = index;
      }
    }
    yield* this.link(own);
  }

  /** Nodes by length, so that the shorter ones that they fall back to are ready. */
  private *link(own: readonly number[]): Steps<void> {
    this.fallbacks = new Int32Array(own.length);
    this.longest = Int32Array.from(own);
    const queue = [0];
    for (const node of queue) {
      for (const [unit, longer] of this.next[node] ?? []) {
        const fallback = node === 0 ? 0 : this.step(this.fallbacks[node] ?? 0, unit);
        this.fallbacks[longer] = fallback;
        if (own[longer] === -1) {
          this.longest[longer] = this.longest[fallback] ?? -1;
        }
        queue.push(longer);
        if (queue.length % NODES_AT_ONCE === 0) {
          yield;
        }
      }
    }
  }

  private step(from: number, unit: number): number {
    for (let node = from; ; node = this.fallbacks[node] ?? 0) {
      const longer = this.next[node]?.get(unit);
      if (longer !== undefined || node === 0) {
        return longer ?? 0;
      }
    }
  }
}
