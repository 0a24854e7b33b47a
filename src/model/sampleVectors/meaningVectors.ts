import { hashedDirection, toUnitLength } from './hashing';
import { LEXICON } from './lexicon';
import type { TokenKind } from './tokenForm';

/** Words this far apart in a list of the lexicon still have a part in common. */
const NEARBY_WORDS = 4;

/** Squared shares of a word's meaning: what it has in common with its topic, its group and the words next to it. */
const TOPIC_SHARE = 0.3;
const GROUP_SHARE = 0.54;
const NEARBY_SHARE = 0.16;

/** Squared share of a plural that its singular does not have. */
const PLURAL_SHARE = 0.12;

/** Topics whose words have no plural: "Tims" would be "Times". */
const NAME_TOPICS: ReadonlySet<string> = new Set(['names', 'surnames', 'places', 'companies']);

/** Meanings of the words of the lexicon as directions: words of one group are close, groups of one topic are related. */
export class MeaningVectors {
  private readonly byWord = new Map<string, Float64Array>();
  private readonly names = new Set<string>();
  private readonly plural: Float64Array;

  /** @param dimension Values of a direction. */
  constructor(private readonly dimension: number) {
    this.plural = hashedDirection('plural', dimension);
    LEXICON.forEach(({ topic, words }, groupNumber) => {
      const topicDirection = hashedDirection(`topic ${topic}`, dimension);
      const groupDirection = hashedDirection(`group ${String(groupNumber)}`, dimension);
      words.forEach((word, position) => {
        const meaning = this.byWord.get(word) ?? new Float64Array(dimension);
        addScaled(meaning, topicDirection, Math.sqrt(TOPIC_SHARE));
        addScaled(meaning, groupDirection, Math.sqrt(GROUP_SHARE));
        for (const shift of [0, NEARBY_WORDS / 2]) {
          const stretch = Math.floor((position + shift) / NEARBY_WORDS);
          const nearby = hashedDirection(
            `nearby ${String(groupNumber)} ${String(shift)} ${String(stretch)}`,
            dimension,
          );
          addScaled(meaning, nearby, Math.sqrt(NEARBY_SHARE / 2));
        }
        if (NAME_TOPICS.has(topic)) {
          this.names.add(word);
        }
        // A word of several groups, such as the fruit and color "orange", lies between them.
        this.byWord.set(word, meaning);
      });
    });
    this.byWord.forEach(toUnitLength);
  }

  /**
   * Direction of a word in lower case, or of a number.
   *
   * @returns undefined where nothing is known about it.
   */
  of(kind: TokenKind, folded: string): Float64Array | undefined {
    if (kind === 'number') {
      return this.ofNumber(folded);
    }
    return kind === 'word' ? (this.byWord.get(folded) ?? this.ofPlural(folded)) : undefined;
  }

  private ofPlural(word: string): Float64Array | undefined {
    const singular = ['s', 'es']
      .filter((ending) => word.endsWith(ending))
      .map((ending) => word.slice(0, -ending.length))
      .find((stem) => stem.length > 2 && this.byWord.has(stem) && !this.names.has(stem));
    const meaning = singular === undefined ? undefined : this.byWord.get(singular);
    if (meaning === undefined) {
      return undefined;
    }
    const direction = new Float64Array(this.dimension);
    addScaled(direction, meaning, Math.sqrt(1 - PLURAL_SHARE));
    addScaled(direction, this.plural, Math.sqrt(PLURAL_SHARE));
    return toUnitLength(direction);
  }

  /** Numbers are alike when they have equally many digits, and more so when they begin alike: 1998 and 1999. */
  private ofNumber(digits: string): Float64Array {
    const direction = hashedDirection(`digits ${String(digits.length)}`, this.dimension);
    for (let shown = 1; shown < digits.length; shown++) {
      const start = digits.slice(0, shown).padEnd(digits.length, '_');
      addScaled(direction, hashedDirection(`number ${start}`, this.dimension), 0.5);
    }
    return toUnitLength(direction);
  }
}

function addScaled(target: Float64Array, direction: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) {
    target[i] = (target[i] ?? 0) + factor * (direction[i] ?? 0);
  }
}
