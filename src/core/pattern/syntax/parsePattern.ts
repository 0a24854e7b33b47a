import { malformedPattern, unsupportedPattern } from '../patternError';
import {
  ANY_BUT_NEWLINE,
  ANY_CHARACTER,
  characters,
  type CharacterSet,
  complement,
  NEWLINE,
  rangeSet,
} from '../sets/characterSet';
import { CaseFolding } from '../sets/caseFolding';
import { WORD } from '../sets/unicodeProperty';
import { parseClass } from './parseClass';
import { PatternReader, readEscapedCharacter, readOctalCharacter } from './patternReader';
import { NO_OPTIONS, type Options, readOptions } from './options';
import { readQuantifier } from './quantifier';
import { refuseEscape, refuseGroup } from './refusedConstructs';
import { readProperty, shorthandSet } from './shorthands';
import { type Anchor, EMPTY_TEXT, type SyntaxNode } from './syntaxTree';
import { withoutUnnamedGroups } from './withoutUnnamedGroups';

/** Groups within groups. */
const MAX_DEPTH = 100;

/** What an expression gives beside its node. */
interface Expression {
  readonly node: SyntaxNode;
  /** False after `(?i)` and its like, which take the rest of their group and no quantifier. */
  readonly takesQuantifier: boolean;
}

/**
 * Reads a pattern in the language of Oniguruma (ONIG_SYNTAX_ONIGURUMA of version 6.9.10, UTF-8), as the Rust crate `onig` does by
 * default.
 *
 * @throws {PatternError} where it is malformed, or has a construct that is not supported; the message names it.
 */
export function parsePattern(source: string): SyntaxNode {
  const parser = new Parser(source);
  return parser.parse();
}

class Parser {
  private readonly reader: PatternReader;
  private options: Options = NO_OPTIONS;
  private depth = 0;
  private hasNamedGroup = false;

  constructor(source: string) {
    this.reader = new PatternReader(source);
  }

  parse(): SyntaxNode {
    const tree = this.alternatives();
    if (!this.reader.isAtEnd) {
      throw malformedPattern('a closing parenthesis has no opening one');
    }
    return this.hasNamedGroup ? withoutUnnamedGroups(tree) : tree;
  }

  /** Up to a closing parenthesis, which is left, or the end. */
  private alternatives(): SyntaxNode {
    if (++this.depth > MAX_DEPTH) {
      throw malformedPattern('its groups are nested too deep');
    }
    const { options } = this;
    const branches = [this.branch()];
    while (this.reader.take('|')) {
      branches.push(this.branch());
    }
    this.options = options;
    this.depth--;
    return branches.length === 1 ? branches[0] : { kind: 'alternation', branches };
  }

  private branch(): SyntaxNode {
    const items: SyntaxNode[] = [];
    for (;;) {
      this.skipIgnored();
      if (this.reader.isAtEnd || this.reader.peek() === '|' || this.reader.peek() === ')') {
        break;
      }
      const node = this.quantified(this.expression());
      // A group that only groups is one with what is around it.
      items.push(...(node.kind === 'sequence' ? node.items : [node]));
    }
    return items.length === 0 ? EMPTY_TEXT : items.length === 1 ? items[0] : { kind: 'sequence', items };
  }

  private quantified({ node, takesQuantifier }: Expression): SyntaxNode {
    let result = node;
    for (let wasOnce = false; ;) {
      this.skipIgnored();
      const quantifier = takesQuantifier ? readQuantifier(this.reader) : undefined;
      if (quantifier === undefined) {
        return result;
      }
      if (wasOnce && result.kind === 'sequence') {
        // The reference takes this second quantifier for the last character alone.
        throw unsupportedPattern('a quantifier behind {1}');
      }
      if (!canRepeat(result)) {
        throw malformedPattern('a quantifier stands behind something that matches no text');
      }
      const { min, max, isGreedy, isPossessive } = quantifier;
      wasOnce = min === 1 && max === 1;
      if (!wasOnce) {
        const repeat: SyntaxNode = { kind: 'repeat', body: result, min, max, isGreedy };
        result = isPossessive ? { kind: 'atomic', body: repeat } : repeat;
      }
    }
  }

  /** Comments, and in extended patterns white space. */
  private skipIgnored(): void {
    for (;;) {
      if (this.reader.take('(?#')) {
        this.skipComment();
      } else if (this.options.isExtended && this.reader.takeWhile(/[ \t\n\r\f]/, Infinity) !== '') {
        // On to what comes then.
      } else if (this.options.isExtended && this.reader.take('#')) {
        this.reader.takeWhile(/[^\n]/, Infinity);
      } else {
        return;
      }
    }
  }

  private skipComment(): void {
    for (let character = this.reader.next(); character !== ')'; character = this.reader.next()) {
      if (character === '\\' && !this.reader.isAtEnd) {
        this.reader.next();
      }
    }
  }

  private expression(): Expression {
    const { reader } = this;
    if (readQuantifier(reader) !== undefined) {
      throw malformedPattern('a quantifier stands behind nothing');
    }
    const character = reader.next();
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return plain(this.characterClass());
      case '.':
        return plain(setNode(this.options.dotTakesAll ? ANY_CHARACTER : ANY_BUT_NEWLINE));
      case '^':
        return plain(anchorNode('lineStart'));
      case '$':
        return plain(anchorNode('lineEnd'));
      case '\\':
        return plain(this.escape());
      default:
        return plain(this.text(character.codePointAt(0) ?? 0));
    }
  }

  private characterClass(): SyntaxNode {
    const { set, isNegated } = parseClass(this.reader);
    if (!this.options.ignoresCase) {
      return setNode(isNegated ? complement(set) : set);
    }
    const folding = CaseFolding.shared();
    const closed = folding.closure(set);
    if (isNegated) {
      return setNode(complement(closed));
    }
    const texts = folding.foldingsOf(closed);
    return texts.length === 0
      ? setNode(closed)
      : {
          kind: 'alternation',
          branches: [
            setNode(closed),
            ...texts.map((sets): SyntaxNode => ({ kind: 'sequence', items: sets.map(setNode) })),
          ],
        };
  }

  private escape(): SyntaxNode {
    const { reader } = this;
    const letter = reader.peek();
    const anchor = ANCHORS.get(letter);
    if (anchor !== undefined) {
      reader.next();
      return anchorNode(anchor);
    }
    const shorthand = shorthandSet(letter, false);
    if (shorthand !== undefined) {
      reader.next();
      return setNode(shorthand);
    }
    const property = readProperty(reader);
    if (property !== undefined) {
      const set = property.name === 'word' ? WORD : property.set;
      return setNode(property.isNegated ? complement(set) : set);
    }
    switch (letter) {
      case 'N':
        reader.next();
        return setNode(ANY_BUT_NEWLINE);
      case 'O':
        reader.next();
        return setNode(ANY_CHARACTER);
      case 'R':
        reader.next();
        return GENERAL_NEWLINE;
      case '0':
        return this.text(readOctalCharacter(reader, 3));
      default:
        refuseEscape(letter, reader.peek(1));
        return this.text(readEscapedCharacter(reader));
    }
  }

  private text(codePoint: number): SyntaxNode {
    return { kind: 'text', codePoints: [codePoint], ignoresCase: this.options.ignoresCase };
  }

  /** A group; its opening parenthesis is read. */
  private group(): Expression {
    const { reader } = this;
    if (reader.peek() === '*') {
      throw unsupportedPattern('a callout (*…)');
    }
    if (!reader.take('?')) {
      return plain({ kind: 'group', role: 'unnamed', body: this.groupBody() });
    }
    if (reader.take(':')) {
      return plain(this.groupBody());
    }
    if (reader.take('>')) {
      return plain({ kind: 'atomic', body: this.groupBody() });
    }
    for (const isBehind of [false, true]) {
      for (const isNegated of [false, true]) {
        if (reader.take(`${isBehind ? '<' : ''}${isNegated ? '!' : '='}`)) {
          return plain({ kind: 'lookAround', isBehind, isNegated, body: this.groupBody() });
        }
      }
    }
    for (const [opening, closing] of [
      ['<', '>'],
      ["'", "'"],
    ] as const) {
      if (reader.take(opening)) {
        const name = reader.takeWhile(/[\p{L}\p{M}\p{N}_]/u, 100);
        if (!/^[\p{L}_]/u.test(name) || !reader.take(closing)) {
          throw unsupportedPattern('a group with an unusual name');
        }
        this.hasNamedGroup = true;
        return plain({ kind: 'group', role: 'named', body: this.groupBody() });
      }
    }
    refuseGroup(reader.peek());
    return this.optionGroup();
  }

  private groupBody(): SyntaxNode {
    const body = this.alternatives();
    if (!this.reader.take(')')) {
      throw malformedPattern('a group has no end');
    }
    return body;
  }

  /** `(?i:…)`, or `(?i)`, which holds to the end of the group that it stands in, alternatives included. */
  private optionGroup(): Expression {
    const outer = this.options;
    const options = readOptions(this.reader, outer);
    if (this.reader.take(':')) {
      this.options = options;
      const body = this.alternatives();
      this.options = outer;
      if (!this.reader.take(')')) {
        throw malformedPattern('a group has no end');
      }
      return plain({ kind: 'group', role: 'options', body });
    }
    this.reader.next();
    this.options = options;
    const body = this.alternatives();
    this.options = outer;
    return { node: { kind: 'group', role: 'options', body }, takesQuantifier: false };
  }
}

const ANCHORS: ReadonlyMap<string, Anchor> = new Map([
  ['A', 'textStart'],
  ['z', 'textEnd'],
  ['Z', 'lastLineEnd'],
  ['b', 'wordBoundary'],
  ['B', 'noWordBoundary'],
]);

/** `\R`: both characters of a line end, and never only the first. */
const GENERAL_NEWLINE: SyntaxNode = {
  kind: 'atomic',
  body: {
    kind: 'alternation',
    branches: [
      { kind: 'sequence', items: [setNode(characters(0x0d)), setNode(NEWLINE)] },
      setNode(
        rangeSet([
          [0x0a, 0x0d],
          [0x85, 0x85],
          [0x2028, 0x2029],
        ]),
      ),
    ],
  },
};

/** The reference refuses quantifiers behind anchors and look-arounds, but not behind groups that hold them. */
function canRepeat(node: SyntaxNode): boolean {
  return node.kind === 'alternation'
    ? node.branches.every(canRepeat)
    : node.kind !== 'anchor' && node.kind !== 'lookAround';
}

function plain(node: SyntaxNode): Expression {
  return { node, takesQuantifier: true };
}

function setNode(set: CharacterSet): SyntaxNode {
  return { kind: 'set', set };
}

function anchorNode(anchor: Anchor): SyntaxNode {
  return { kind: 'anchor', anchor };
}
