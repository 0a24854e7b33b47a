import { scramble } from '../../src/core/sampleVectors/scramble';
import type { FoldedForm } from './foldedForms';
import { toUnitLength } from './trainedVectors';

/** Of rows that no word gives a meaning: how certain they are, between that of a word, 1, and none, 0. */
const LENGTH = 0.8;

/**
 * A made-up row for what is no word of the trained vectors: numbers, symbols, other scripts, bytes. What has more parts in common lies
 * nearer together: numbers their count of digits and the first of them, other text its kind and its first character.
 *
 * @param dimension in which such rows lie
 */
export function otherRow(form: FoldedForm, dimension: number): Float64Array {
  const row = new Float64Array(dimension);
  for (const [part, share] of partsOf(form)) {
    addDirection(row, part, share);
  }
  toUnitLength(row);
  return row.map((value) => value * LENGTH);
}

/** Each with its squared share. */
function partsOf({ text, isText }: FoldedForm): [part: string, share: number][] {
  if (!isText) {
    return [
      ['bytes', 0.4],
      [`bytes ${text.charAt(0)}`, 0.4],
      [`bytes ${text}`, 0.2],
    ];
  }
  if (/^[0-9]+$/.test(text)) {
    const count = `${String(text.length)} digits`;
    return [
      ['number', 0.3],
      [count, 0.2],
      [`${count} ${text.slice(0, 1)}`, 0.15],
      [`${count} ${text.slice(0, 2)}`, 0.15],
      [`${count} ${text.slice(0, 3)}`, 0.1],
      [`number ${text}`, 0.1],
    ];
  }
  const kind = kindOf(text);
  return [
    [kind, 0.35],
    [`${kind} starts ${String.fromCodePoint(text.codePointAt(0) ?? 0)}`, 0.35],
    [`${kind} ${text}`, 0.3],
  ];
}

const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Thai',
];

function kindOf(text: string): string {
  const script = SCRIPTS.find((name) => new RegExp(`^\\p{Script=${name}}`, 'u').test(text));
  if (script !== undefined) {
    return script;
  }
  return /^\s+$/.test(text) ? 'space' : /^[\p{P}\p{S}]/u.test(text) ? 'symbol' : 'mixed';
}

/** Adds a direction by chance of a squared share: the sum of four bytes less its mean is nearly normal. */
function addDirection(target: Float64Array, part: string, share: number): void {
  const direction = new Float64Array(target.length);
  let state = hashText(part);
  for (let i = 0; i < direction.length; i++) {
    state = scramble(state + 0x9e3779b9);
    direction[i] = (state & 255) + ((state >>> 8) & 255) + ((state >>> 16) & 255) + (state >>> 24) - 510;
  }
  const factor = Math.sqrt(share);
  toUnitLength(direction).forEach((value, i) => {
    target[i] = (target[i] ?? 0) + factor * value;
  });
}

/** FNV-1a over UTF-16 units, with a last scramble so that similar texts get unrelated numbers. 0 ≤ result < 2³². */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return scramble(hash);
}
