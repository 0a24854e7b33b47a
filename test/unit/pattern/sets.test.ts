import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { propertySet } from '../../../src/core/pattern/sets/unicodeProperty';
import { RustSplit } from './rustSplit';

/** How far apart those are that are looked at, of characters that are all alike. */
const STRIDE = 128;

/** As many characters are looked at on each side of an end of them. */
const AT_ENDS = 2;

/** Large blocks of characters that are all alike, and what is empty: of these every 128th will do, and the ends. */
const UNIFORM: readonly (readonly [from: number, to: number])[] = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xe000, 0xf8ff],
  [0x12550, 0x12f8f],
  [0x13000, 0x143ff],
  [0x14680, 0x160ff],
  [0x17000, 0x18cff],
  [0x18d80, 0x1afef],
  [0x1b300, 0x1bbff],
  [0x1bcb0, 0x1cbff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b820, 0x2cea1],
  [0x2ceb0, 0x2ebe0],
  [0x2ebf0, 0x2ee5d],
  [0x2ee60, 0x2f7ff],
  [0x2fa20, 0x2fffd],
  [0x30000, 0x3134a],
  [0x31350, 0x3347f],
  [0x33480, 0x3fffd],
  ...Array.from({ length: 10 }, (_, plane) => [(plane + 4) << 16, ((plane + 4) << 16) + 0xfffd] as const),
  [0xe0200, 0xefffd],
  [0xf0000, 0xffffd],
  [0x100000, 0x10fffd],
];

/** All code points that are looked at, in their order. */
const CODES = Uint32Array.from(lookedAt());

const ALL_TEXT = Array.from(CODES, (code) => String.fromCodePoint(code)).join('');

/** How many of them are one UTF-16 unit. */
const OF_ONE_UNIT = CODES.findIndex((code) => code > 0xffff);

function* lookedAt(): Generator<number> {
  let uniform = 0;
  for (let code = 0; code < 0x110000; code++) {
    const [from, to] = UNIFORM[uniform] ?? [Infinity, Infinity];
    const isBetween = code >= from + AT_ENDS && code <= to - AT_ENDS;
    if ((code < 0xd800 || code > 0xdfff) && (!isBetween || (code - from) % STRIDE === 0)) {
      yield code;
    }
    if (code === to) {
      uniform++;
    }
  }
}

/** Which of {@link CODES} are in a set of single characters, by what an oracle finds in the text of all. */
function membersByOracle(pattern: string): Uint8Array {
  const members = new Uint8Array(CODES.length);
  for (const [from, to] of new RustSplit(`(?:${pattern})+`).foundRanges(ALL_TEXT)) {
    members.fill(1, from, to);
  }
  return members;
}

function members(pattern: string): Uint8Array {
  const result = new Uint8Array(CODES.length);
  const found = new Pattern(`(?:${pattern})+`).findAll(ALL_TEXT);
  for (let i = 0; i < found.length; i += 2) {
    result.fill(1, indexAt(found[i] ?? NaN), indexAt(found[i + 1] ?? NaN));
  }
  return result;
}

/** Index of the code point that begins at an offset of the text of all. */
function indexAt(offset: number): number {
  const index = offset <= OF_ONE_UNIT ? offset : OF_ONE_UNIT + (offset - OF_ONE_UNIT) / 2;
  assert.ok(Number.isInteger(index), `${String(offset)} is within a character`);
  return index;
}

/**
 * Known differences: U+0295 became another letter in Unicode 17, which newer JavaScript engines have and the library has not.
 */
const CHANGED_LATER = new Set([0x295]);

const SETS = [
  ...'.NORwWdDsShH'.split('').map((letter) => (letter === '.' ? '.' : `\\${letter}`)),
  ...'alnum alpha ascii blank cntrl digit graph lower print punct space upper xdigit word'
    .split(' ')
    .flatMap((name) => [`[[:${name}:]]`, `[[:^${name}:]]`, `\\p{${name}}`]),
  '\\p{PosixPunct}',
  ...(
    'C Cc Cf Cn Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs ' +
    'ASCII_Hex_Digit Alphabetic Any Assigned Bidi_Control Case_Ignorable Cased Changes_When_Casefolded ' +
    'Changes_When_Lowercased Dash Default_Ignorable_Code_Point Deprecated Emoji Emoji_Component Emoji_Modifier ' +
    'Emoji_Modifier_Base Emoji_Presentation Extender Grapheme_Base Grapheme_Extend Hex_Digit IDS_Binary_Operator ' +
    'IDS_Trinary_Operator ID_Continue ID_Start Ideographic Join_Control Logical_Order_Exception Lowercase Math ' +
    'Noncharacter_Code_Point Pattern_Syntax Pattern_White_Space Quotation_Mark Radical Regional_Indicator ' +
    'Sentence_Terminal Soft_Dotted Terminal_Punctuation Unified_Ideograph Uppercase Variation_Selector White_Space ' +
    'XID_Continue XID_Start Arabic Armenian Bengali Common Coptic Cyrillic Devanagari Ethiopic Georgian Greek ' +
    'Han Hangul Hebrew Hiragana Inherited Katakana Khmer Lao Latin Mongolian Myanmar Old_Italic Tamil Thai ' +
    'Tibetan Unknown Yi'
  )
    .split(' ')
    .map((name) => `\\p{${name}}`),
  '[\\w]',
  '[^\\w]',
  '\\P{L}',
  '\\p{^Lu}',
  '(?i:[k-sß])',
  '(?i:[^k-sß])',
];

describe('Sets of characters are those of the Rust library, code point by code point', () => {
  let isAssignedInBoth: (index: number) => boolean;

  before(() => {
    const theirs = membersByOracle('\\p{Assigned}');
    const ours = members('\\p{Assigned}');
    isAssignedInBoth = (index) => theirs[index] === ours[index];
    const differences = ours.filter((isAssigned, index) => isAssigned !== theirs[index]).length;
    console.log(
      `      ${String(differences)} code points are assigned in one version of Unicode alone; ` +
        `JavaScript's is ${process.versions.unicode ?? '?'}`,
    );
    // Two versions of Unicode, each of which adds some thousands.
    assert.ok(differences < 12_000);
  });

  for (const set of SETS) {
    it(set, () => {
      const ours = members(set);
      const theirs = membersByOracle(set);
      const different: string[] = [];
      CODES.forEach((code, index) => {
        if (ours[index] !== theirs[index] && isAssignedInBoth(index) && !CHANGED_LATER.has(code)) {
          different.push(`U+${code.toString(16)}`);
        }
      });
      assert.deepEqual(different, []);
    });
  }

  it('and every name of a property that we know is one of theirs', () => {
    for (const name of [
      'latn',
      'ZYYY',
      'QAAC',
      'zinh',
      'old italic',
      'Decimal-Number',
      'WSPACE',
      'xidc',
      'lo',
    ]) {
      assert.ok(propertySet(name) !== undefined, name);
      assert.doesNotThrow(() => new RustSplit(`\\p{${name}}`), name);
    }
  });
});
