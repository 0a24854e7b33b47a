import { malformedPattern, unsupportedPattern } from '../patternError';
import { type CharacterSet, complement, intersection, rangeSet, union } from '../sets/characterSet';
import { posixBracket } from '../sets/unicodeProperty';
import { type PatternReader, readEscapedCharacter, readOctalCharacter } from './patternReader';
import { readProperty, shorthandSet } from './shorthands';

/** A class in brackets: a set, or with a `^` in front all others. */
export interface CharacterClass {
  readonly set: CharacterSet;
  readonly isNegated: boolean;
}

type ClassToken =
  | { readonly kind: 'character'; readonly codePoint: number }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'hyphen' | 'open' | 'close' | 'and' };

/** Classes within classes. */
const MAX_DEPTH = 20;
const HYPHEN = 0x2d;
const CLOSING_BRACKET = 0x5d;
const LAST_ASCII = 0x7f;

/**
 * Reads a class; its opening bracket is read already. What may stand beside a hyphen follows the reference state by state.
 *
 * @throws {PatternError}
 */
export function parseClass(reader: PatternReader, depth = 0): CharacterClass {
  if (depth > MAX_DEPTH) {
    throw malformedPattern('its classes are nested too deep');
  }
  return new ClassParser(reader, depth).parse();
}

class ClassParser {
  /** What the class holds since the last `&&`. */
  private members: CharacterSet[] = [];
  private ranges: (readonly [number, number])[] = [];
  /** What stands before the last `&&`. */
  private before: CharacterSet | undefined;
  /** Nothing yet; one thing that may begin a range; a hyphen after it; or something complete. */
  private state: 'start' | 'value' | 'range' | 'complete' = 'start';
  /** In the states `value` and `range`: the character, or undefined for a set. */
  private first: number | undefined;
  private hasParts = false;
  private beginsAtZero = false;

  constructor(
    private readonly reader: PatternReader,
    private readonly depth: number,
  ) {}

  parse(): CharacterClass {
    const isNegated = this.reader.take('^');
    let token = this.next();
    if (token.kind === 'close') {
      if (!this.reader.holdsLater(']')) {
        throw malformedPattern('a class is empty');
      }
      token = { kind: 'character', codePoint: CLOSING_BRACKET };
    }
    while (token.kind !== 'close') {
      token = this.read(token) ?? this.next();
    }
    this.endValue();
    if (this.beginsAtZero && (this.hasParts || this.depth > 0)) {
      // Where such a range is negated in a part, the reference takes every character beyond ASCII for a member.
      throw unsupportedPattern('a range from U+0000 in a class of several parts');
    }
    const set = this.before === undefined ? this.collected() : intersection(this.before, this.collected());
    return { set, isNegated };
  }

  /** Takes a token in. A hyphen needs the token behind it, which is given back where it is still to be read. */
  private read(token: ClassToken): ClassToken | undefined {
    switch (token.kind) {
      case 'character':
        this.addCharacter(token.codePoint);
        return undefined;
      case 'set':
        if (this.state === 'range') {
          throw malformedPattern('a range in a class ends with a set');
        }
        this.endValue();
        this.members.push(token.set);
        this.state = 'value';
        this.first = undefined;
        return undefined;
      case 'open': {
        this.hasParts = true;
        this.endValue();
        this.state = 'complete';
        const { set, isNegated } = parseClass(this.reader, this.depth + 1);
        this.members.push(isNegated ? complement(set) : set);
        return undefined;
      }
      case 'and':
        this.hasParts = true;
        this.endValue();
        this.before =
          this.before === undefined ? this.collected() : intersection(this.before, this.collected());
        this.members = [];
        this.ranges = [];
        this.state = 'start';
        return undefined;
      case 'hyphen':
        return this.readHyphen();
      case 'close':
        return token;
    }
  }

  private readHyphen(): ClassToken | undefined {
    if (this.state === 'range') {
      this.addCharacter(HYPHEN);
      return undefined;
    }
    const following = this.next();
    if (this.state === 'value' && following.kind !== 'close' && following.kind !== 'and') {
      if (this.first === undefined) {
        throw malformedPattern('a range in a class begins with a set');
      }
      this.state = 'range';
    } else {
      this.addCharacter(HYPHEN);
    }
    return following;
  }

  private addCharacter(codePoint: number): void {
    if (this.state === 'range') {
      const first = this.first ?? 0;
      if (first > codePoint) {
        throw malformedPattern('a range in a class is empty');
      }
      this.ranges.push([first, codePoint]);
      this.beginsAtZero ||= first === 0 && codePoint > LAST_ASCII;
      this.state = 'complete';
      this.first = codePoint;
      return;
    }
    this.endValue();
    this.state = 'value';
    this.first = codePoint;
  }

  /** A character that begins no range is a member itself. One before a hyphen and a class is lost, as in the reference. */
  private endValue(): void {
    if (this.state === 'value' && this.first !== undefined) {
      this.ranges.push([this.first, this.first]);
    }
    this.first = undefined;
  }

  private collected(): CharacterSet {
    return union(this.ranges.length === 0 ? this.members : [rangeSet(this.ranges), ...this.members]);
  }

  private next(): ClassToken {
    const { reader } = this;
    if (reader.isAtEnd) {
      throw malformedPattern('a class has no end');
    }
    const character = reader.next();
    switch (character) {
      case ']':
        return { kind: 'close' };
      case '-':
        return { kind: 'hyphen' };
      case '&':
        return reader.take('&') ? { kind: 'and' } : literal(character);
      case '[':
        return this.readPosixBracket() ?? { kind: 'open' };
      case '\\':
        return this.readEscape();
      default:
        return literal(character);
    }
  }

  /** `[:name:]`, the first bracket of which is read. */
  private readPosixBracket(): ClassToken | undefined {
    const { reader } = this;
    const before = reader.mark();
    if (reader.take(':')) {
      const isNegated = reader.take('^');
      const name = reader.takeWhile(/\p{Alphabetic}/u, 20);
      if ((name !== '' || isNegated) && reader.take(':]')) {
        const set = posixBracket(name);
        if (set === undefined) {
          throw malformedPattern('a POSIX bracket has a name that does not exist');
        }
        return { kind: 'set', set: isNegated ? complement(set) : set };
      }
      reader.backTo(before);
    }
    return undefined;
  }

  private readEscape(): ClassToken {
    const { reader } = this;
    const letter = reader.peek();
    const shorthand = shorthandSet(letter, true);
    if (shorthand !== undefined) {
      reader.next();
      return { kind: 'set', set: shorthand };
    }
    const property = readProperty(reader);
    if (property !== undefined) {
      return { kind: 'set', set: property.isNegated ? complement(property.set) : property.set };
    }
    const codePoint = /[0-7]/.test(letter) ? readOctalCharacter(reader, 3) : readEscapedCharacter(reader);
    return { kind: 'character', codePoint };
  }
}

function literal(character: string): ClassToken {
  return { kind: 'character', codePoint: character.codePointAt(0) ?? 0 };
}
