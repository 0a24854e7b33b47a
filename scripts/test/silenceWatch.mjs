// Tells a program that hangs from one that is slow.

/**
 * @typedef {object} SilenceLimits
 * @property {number} stillMs Silence while nothing works either.
 * @property {number} silentMs Silence in any case: something that works without an end and without a word has to be ended some day.
 * @property {number} [lookMs] Between two looks.
 */

/**
 * @typedef {object} Silence
 * @property {'still' | 'silent'} kind Which of the two limits was reached.
 * @property {number} seconds How long it was, in looks.
 */

const LOOK_MS = 2_000;

/**
 * Counts how long there was no sign of life.
 *
 * Silence is counted in looks, not read from a clock: when the computer sleeps, or starves the watch together with what it watches,
 * nothing is looked at and nothing is held against it.
 */
export class SilenceCount {
  #limits;
  #silentLooks = 0;
  #stillLooks = 0;
  #word;
  #work;

  /**
   * @param {Required<SilenceLimits>} limits
   * @param {unknown} word What was said last.
   * @param {unknown} work How much was done.
   */
  constructor(limits, word, work) {
    this.#limits = limits;
    this.#word = word;
    this.#work = work;
  }

  /** Something was said. */
  heard() {
    this.#silentLooks = 0;
    this.#stillLooks = 0;
  }

  /**
   * One look.
   *
   * @param {unknown} word Another one than at the last look is a sign of life.
   * @param {unknown} work Another one than at the last look is a sign of work: not still. `undefined`, where that cannot be known,
   *   counts as work.
   * @returns {Silence | undefined} a silence that has lasted too long.
   */
  look(word, work) {
    const [isSilent, isStill] = [word === this.#word, work !== undefined && work === this.#work];
    this.#silentLooks = isSilent ? this.#silentLooks + 1 : 0;
    this.#stillLooks = isSilent && isStill ? this.#stillLooks + 1 : 0;
    [this.#word, this.#work] = [word, work];
    const { stillMs, silentMs, lookMs } = this.#limits;
    if (this.#stillLooks * lookMs >= stillMs) {
      return { kind: 'still', seconds: (this.#stillLooks * lookMs) / 1000 };
    }
    return this.#silentLooks * lookMs >= silentMs
      ? { kind: 'silent', seconds: (this.#silentLooks * lookMs) / 1000 }
      : undefined;
  }
}

/**
 * Looks again and again for signs of life, and calls `onSilence` once when there were none for too long.
 *
 * @param {object} options
 * @param {SilenceLimits} options.limits
 * @param {() => unknown} [options.word] See `SilenceCount.look`; not needed where all words come through `heard`.
 * @param {() => unknown} [options.work]
 * @param {(silence: Silence) => void} options.onSilence
 * @returns {{heard: () => void, stop: () => void}} `heard` is for words that come by themselves.
 */
export function watchSilence({ limits, word = () => '', work = () => undefined, onSilence }) {
  const { lookMs = LOOK_MS } = limits;
  const count = new SilenceCount({ ...limits, lookMs }, word(), work());
  const looks = setInterval(() => {
    const silence = count.look(word(), work());
    if (silence) {
      clearInterval(looks);
      onSilence(silence);
    }
  }, lookMs);
  return { heard: () => count.heard(), stop: () => clearInterval(looks) };
}
