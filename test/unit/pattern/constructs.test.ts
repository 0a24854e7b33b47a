import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Pattern } from '../../../src/core/pattern/pattern';
import { PatternError } from '../../../src/core/pattern/patternError';
import { cutAt, RustSplit } from './rustSplit';

interface Row {
  readonly section: string;
  readonly construct: string;
  readonly isExact: boolean;
  readonly examples: readonly string[];
}

/** The tables of docs/patterns.md. */
function documentedRows(): readonly Row[] {
  const lines = fs.readFileSync(path.resolve(__dirname, '../../../docs/patterns.md'), 'utf8').split('\n');
  const rows: Row[] = [];
  let section = '';
  for (const line of lines) {
    section = /^## (.*)/.exec(line)?.[1] ?? section;
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
    const [, construct = '', answer, examples = ''] = cells;
    if (answer === 'exact' || answer === 'refused') {
      rows.push({
        section,
        construct,
        isExact: answer === 'exact',
        examples: Array.from(examples.matchAll(/`([^`]+)`/g), ([, example = '']) => example),
      });
    }
  }
  return rows;
}

/** Each holds something that examples ask for, and what is like it. */
const TEXTS: readonly string[] = [
  'a',
  'ab',
  'aab aaab abab abc ab-c R',
  'b a.b-c {a{,} a{x} ] \\ _ ? * ~ ^x',
  'é É e\u0301 🍌a🍌🍌 中文 ひらがな カナ Ωμέγα 𐌀𐌁',
  '12345 ½² ٣٤ Ⅷ a1 b22',
  'one\ntwo\r\n\r\nthree\n\n',
  '\n',
  '\r\n a\x0b\x0c\x07\x1b\x01\t\b\0 c\u0085\u2028x',
  'kK\u212a sSſ ßẞ ss SS sS ſs ﬃ ﬀi ffi FFI ﬁ ŉ ʼn ΐ ΐ ΐ ǆ ǅ Ǆ ıIiİi̇ ςσΣ ꭰᎠ',
  "it's IT'S we'Ve ſ'ſ ''d '",
  'ka Ka \u212aa ßa ssa sa Sa',
  'word word_1 x-ray  end  ',
  'ba bca bcd aaad abd cb ababc aabc',
  ' a  a\n a',
  'aaaaaaaa',
  'x ab x.. ax bx\nabx\n x',
  '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~ «¿§¡» €¢ ₁ ͏\u200d',
  'uUxXpP\u0000 aAcC',
];

describe('docs/patterns.md tells what becomes of patterns', () => {
  const rows = documentedRows();

  it('in all its rows', () => {
    assert.ok(rows.length >= 45, `${String(rows.length)} rows`);
    assert.deepEqual(
      rows.filter(({ examples }) => examples.length === 0),
      [],
    );
  });

  for (const { section, construct, isExact, examples } of rows) {
    if (isExact) {
      it(`${section}: ${construct} match as in the Rust library`, () => {
        for (const example of examples) {
          const [oracle, pattern] = [new RustSplit(example), new Pattern(example)];
          for (const text of TEXTS) {
            const { pieces, found } = cutAt(text, pattern.findAll(text));
            const pair = `${example} in ${JSON.stringify(text)}`;
            assert.deepEqual(pieces, oracle.pieces(text), pair);
            assert.deepEqual(found, oracle.found(text), pair);
          }
        }
      });
      it(`${section}: ${construct}, of which each example matches something`, () => {
        const idle = examples.filter((example) => {
          const pattern = new Pattern(example);
          return TEXTS.every((text) => pattern.findAll(text).length === 0);
        });
        // A surrogate, an intersection with nothing, and what a possessive quantifier has taken.
        const never = new Set([
          '\\x{D800}',
          '[a&&]',
          'a*+a',
          'a{3,1}b',
          '(?>a*)ab',
          '\\R\\n',
          '(?>a|ab)c',
          '(?i)(?<=ss)a',
        ]);
        assert.deepEqual(
          idle.filter((example) => !never.has(example)),
          [],
        );
      });
    } else {
      it(`${section}: ${construct} is refused`, () => {
        for (const example of examples) {
          assert.throws(
            () => new Pattern(example),
            (error) => error instanceof PatternError && /^(has|is) .*\.$/s.test(error.message),
            example,
          );
        }
      });
      if (construct.startsWith('what the reference')) {
        it(`${section}: ${construct}, indeed`, () => {
          for (const example of examples) {
            assert.throws(() => new RustSplit(example), example);
          }
        });
      }
    }
  }
});
