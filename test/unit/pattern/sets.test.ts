import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { propertySet } from '../../../src/core/pattern/sets/unicodeProperty';
import { RustSplit } from './rustSplit';

/** Large blocks of characters that are all alike, and planes that are nearly empty: of these every sixteenth will do. */
const UNIFORM = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xe000, 0xf8ff],
  [0x17000, 0x18cff],
  [0x20000, 0xdffff],
  [0xe0200, 0x10ffff],
] as const;

const isLookedAt = (code: number): boolean =>
  (code < 0xd800 || code > 0xdfff) &&
  (code % 16 === 0 || !UNIFORM.some(([from, to]) => code >= from && code <= to));

const ALL_TEXT = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter(isLookedAt)
  .map((code) => String.fromCodePoint(code))
  .join('');

/** Members of a set of single characters, by what an oracle finds in the text of all. */
function membersByOracle(pattern: string): Uint8Array {
  const members = new Uint8Array(0x110000);
  for (const found of new RustSplit(`(?:${pattern})+`).found(ALL_TEXT)) {
    for (const character of found) {
      members[character.codePointAt(0) ?? 0] = 1;
    }
  }
  return members;
}

function members(pattern: string): Uint8Array {
  const result = new Uint8Array(0x110000);
  const found = new Pattern(`(?:${pattern})+`).findAll(ALL_TEXT);
  for (let i = 0; i < found.length; i += 2) {
    for (const character of ALL_TEXT.slice(found[i], found[i + 1])) {
      result[character.codePointAt(0) ?? 0] = 1;
    }
  }
  return result;
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
  let isAssignedInBoth: (code: number) => boolean;

  before(() => {
    const theirs = membersByOracle('\\p{Assigned}');
    const ours = members('\\p{Assigned}');
    isAssignedInBoth = (code) => theirs[code] === ours[code];
    const differences = ours.filter((isAssigned, code) => isAssigned !== theirs[code]).length;
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
      ours.forEach((isMember, code) => {
        if (isMember !== theirs[code] && isAssignedInBoth(code) && !CHANGED_LATER.has(code)) {
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
