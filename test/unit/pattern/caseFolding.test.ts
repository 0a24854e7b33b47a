import assert from 'node:assert/strict';
import { Pattern } from '../../../src/core/pattern/pattern';
import { CaseFolding } from '../../../src/core/pattern/sets/caseFolding';
import { cutAt, RustSplit } from './rustSplit';

/** Letters that got their other case in Unicode 17, which newer JavaScript engines have and the library has not. */
const ADDED_LATER = /[\u{a7ce}-\u{a7cf}\u{a7d2}-\u{a7d5}\u{16ea0}-\u{16ed3}]/u;

describe('Ignoring case, characters match as in the Rust library', () => {
  const withCase = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code)).filter(
    (character) =>
      /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(character) &&
      !ADDED_LATER.test(character),
  );
  const textOf = (character: string): string => {
    const variants = CaseFolding.shared()
      .variants(character.codePointAt(0) ?? 0)
      .map((code) => String.fromCodePoint(code));
    const forms = [character, character.toLowerCase(), character.toUpperCase(), ...variants];
    return [
      ...new Set([...forms, ...forms.flatMap((form) => [form.toLowerCase(), form.toUpperCase()])]),
    ].join('.');
  };

  for (const [how, patternOf] of [
    ['alone', (character: string) => `(?i)${character}`],
    ['in classes', (character: string) => `(?i)[${character}]`],
    ['in classes of all others', (character: string) => `(?i)[^${character}.]+`],
  ] as const) {
    it(`${how}: each of ${String(withCase.length)} letters with case`, () => {
      const everything = withCase.join('.');
      withCase.forEach((character, i) => {
        const [oracle, pattern] = [new RustSplit(patternOf(character)), new Pattern(patternOf(character))];
        // What is near, and every now and then what there is.
        for (const text of [textOf(character), ...(i % 50 === 0 ? [everything] : [])]) {
          const ours = cutAt(text, pattern.findAll(text));
          if (ours.pieces.join('\0') !== oracle.pieces(text).join('\0')) {
            assert.deepEqual(
              ours.pieces,
              oracle.pieces(text),
              `${patternOf(character)} in ${text.slice(0, 200)}`,
            );
          }
        }
      });
    });
  }
});
