import { seededRandom } from '../../fixtures/checkpoints/seededRandom';

/** Inclusive ranges of code points: letters, marks, digits and punctuation of many scripts, all long in Unicode. */
const SCRIPTS: readonly (readonly [number, number])[] = [
  [0x41, 0x5a],
  [0x61, 0x7a],
  [0xa0, 0xff],
  [0x100, 0x24f],
  [0x250, 0x2ff],
  [0x300, 0x36f],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x531, 0x58f],
  [0x591, 0x5f4],
  [0x600, 0x6ff],
  [0x904, 0x96f],
  [0x985, 0x9fb],
  [0xb85, 0xbfa],
  [0xe01, 0xe5b],
  [0xf00, 0xf47],
  [0x10a0, 0x10ff],
  [0x1100, 0x11ff],
  [0x1200, 0x137c],
  [0x13a0, 0x13f4],
  [0x1780, 0x17e9],
  [0x1820, 0x1877],
  [0x1e00, 0x1fff],
  [0x2010, 0x2027],
  [0x2070, 0x209c],
  [0x20a0, 0x20bf],
  [0x2100, 0x218b],
  [0x2190, 0x23ff],
  [0x2460, 0x24ff],
  [0x2500, 0x27bf],
  [0x3001, 0x303f],
  [0x3041, 0x3096],
  [0x30a1, 0x30ff],
  [0x4e00, 0x9fd0],
  [0xac00, 0xd7a3],
  [0xf900, 0xfa6d],
  [0xfb50, 0xfbb1],
  [0xff01, 0xffee],
  [0x10330, 0x1034a],
  [0x12000, 0x12399],
  [0x1d400, 0x1d7ff],
  [0x1f300, 0x1f6d0],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x2a6d6],
  [0xe0020, 0xe007f],
  [0xf0000, 0xf00ff],
];

/** Unicode's White_Space, and its look-alikes that are none: U+FEFF, U+180E, U+200B to U+200D, U+2060, U+001C to U+001F. */
const WHITE_SPACE_AND_NEIGHBORS = Array.from(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000' +
    '\ufeff\u180e\u200b\u200c\u200d\u2060\u001c\u001d\u001e\u001f',
);

const EMOJI = ['🍌', '👩‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '🇯🇵🇧🇷', '👍🏽', '❤️', '1️⃣', '🧑🏿‍🚀', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '☕', '🫠'];

const WORDS = (
  'banana apple cosmic Mike the of and Tokenization don embedding matrix Straße naïve café Übermut ΑΒΓ привет мир ' +
  'שלום سلام नमस्ते ไทย 漢字 かな カナ 한국어 ελληνικά Zürich ñandú œuvre ﬁne ﷺ ½ Ⅷ ٣٤ 1990 3.14 007 0x1F 1e-9 ' +
  'supercalifragilisticexpialidocious rawdownload SolidGoldMagikarp <|endoftext|> <|endoftext endoftext|>'
).split(' ');

const CONTRACTIONS =
  "'s 't 're 've 'm 'll 'd 'S 'T 'RE 'Ve 'M 'LL 'lL 'D 'r 'v 'l ’s ʼt ＇re 'sa 'tis ''s ' '' \"'s '1".split(
    ' ',
  );

const CODE = [
  'for (let i = 0; i < n; i++) {\n\t\tsum += x[i] ** 2;\n\t}\n',
  'def f(x):\r\n    return {"a": [1, 2, None]}  # why?\r\n',
  "SELECT * FROM t WHERE a <> 'b' AND c >= 10;",
  '<div class="a b">&nbsp;</div>\n\n\n',
  '#include <stdio.h>\n\nint main(void) { return 0xdeadBEEF; }',
  'https://example.org/?q=%20a&b=c#d_e-f',
  '        if a != b && !c || d === e {',
  '----====####....____~~~~',
];

type Part = (random: () => number) => string;

const pick = <T>(random: () => number, items: readonly T[]): T => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) {
    throw new RangeError('Nothing to pick from');
  }
  return item;
};

const times = (random: () => number, most: number, part: Part): string =>
  Array.from({ length: 1 + Math.floor(random() * most) }, () => part(random)).join('');

const inRange = (random: () => number, [low, high]: readonly [number, number]): string =>
  String.fromCodePoint(low + Math.floor(random() * (high - low + 1)));

const script: Part = (random) => {
  const range = pick(random, SCRIPTS);
  return times(random, 8, () => inRange(random, range));
};
const whiteSpace: Part = (random) => times(random, 4, () => pick(random, WHITE_SPACE_AND_NEIGHBORS));
const control: Part = (random) =>
  times(random, 4, () => inRange(random, random() < 0.5 ? [0, 0x1f] : [0x7f, 0x9f]));
const loneSurrogate: Part = (random) =>
  times(random, 3, () => String.fromCharCode(0xd800 + Math.floor(random() * 0x800)));
const ascii: Part = (random) => times(random, 12, () => inRange(random, [0x20, 0x7e]));
const run: Part = (random) => {
  const unit =
    random() < 0.5 ? ascii(random).slice(0, 3) : random() < 0.5 ? script(random) : whiteSpace(random);
  return unit.repeat(1 + Math.floor(random() * 60));
};
const fragment: Part = (random) => {
  const text = pick(random, CODE);
  const start = Math.floor(random() * text.length);
  return text.slice(start, start + 1 + Math.floor(random() * 20));
};

const PARTS: readonly Part[] = [
  (random) => pick(random, WORDS),
  (random) => ` ${pick(random, WORDS)}`,
  (random) => pick(random, WORDS).toUpperCase(),
  (random) => pick(random, WORDS) + pick(random, CONTRACTIONS),
  (random) => pick(random, CONTRACTIONS),
  (random) => pick(random, EMOJI),
  (random) => ' '.repeat(1 + Math.floor(random() * 5)),
  script,
  script,
  whiteSpace,
  whiteSpace,
  control,
  loneSurrogate,
  ascii,
  ascii,
  fragment,
];

/**
 * Texts that mix everything a tokenizer can stumble over: scripts, emoji sequences, all white space and its look-alikes,
 * contractions, code, control characters and lone surrogates; one in twenty holds a long run.
 */
export function* seededTexts(count: number, seed: number): Generator<string> {
  const random = seededRandom(seed);
  for (let i = 0; i < count; i++) {
    const text = times(random, 8, (r) => pick(r, PARTS)(r));
    yield i % 20 === 0 ? text + run(random) + pick(random, PARTS)(random) : text;
  }
}
