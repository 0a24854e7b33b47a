import assert from 'node:assert/strict';
import { labelsBeginningWith } from '../../../src/core/labels/labelScan';
import { allowedRows, EVERY_ROW, FilteredVocabulary } from '../../../src/core/query/filters/allowedRows';
import { rowsByLabel } from '../../../src/core/query/filters/labelRows';
import { TokenPrefixIndex } from '../../../src/core/query/formula/tokenPrefixIndex';
import { finish } from '../../../src/core/work/steps';
import { dictionaryOf } from './dictionaryOf';

/** Words as files have them, and what is made to be missed: other alphabets, capitals whose lower case is ASCII, bytes that are no text. */
const LABELS: readonly (string | Uint8Array)[] = [
  ...[
    'the',
    'king',
    'King',
    'KING',
    'kings',
    'kingdom',
    'Kingston',
    '\u212Aelvin',
    '\u0130stanbul',
    'istanbul',
  ],
  ...[
    'straße',
    'Straße',
    'STRASSE',
    'École',
    'école',
    'ÉCOLE',
    'москва',
    'Москва',
    '東京',
    '東京都',
    'ΣΊΣΥΦΟΣ',
  ],
  ...[
    'New York',
    'new york',
    ' spaced',
    "don't",
    "'s",
    '’s',
    '12',
    '3.5',
    '...',
    'a',
    'A',
    'aa',
    '[x]',
    '{x}',
    '@x',
    '`x',
  ],
  ...['a\tb', 'a\nb', 'x'.repeat(129), '␣', 'a␣b', '\ufeffbom', 'é', 'e\u0301', '😀', '😀b', 'ǅ', 'ǆ'],
  ...['naïve co', 'ÿk', 'ѿo', '一e', '龿k', 'ééing', 'café king'],
  Uint8Array.of(0x80),
  Uint8Array.of(0x6b, 0xc3),
  Uint8Array.of(0xc3, 0x6b),
  Uint8Array.of(0xe5, 0x80, 0x6b),
  Uint8Array.of(0x6b, 0xe5, 0x80),
  Uint8Array.of(0x20, 0xff),
  Uint8Array.of(0x6b, 0xe2, 0x84),
  '',
];

const DICTIONARY = dictionaryOf(LABELS);

describe('Labels that are looked through as they lie', () => {
  const PREFIXES = [
    'k',
    'K',
    'king',
    'King',
    'kI',
    'i',
    'I',
    's',
    'stra',
    'STRA',
    'é',
    'É',
    'm',
    'м',
    '東',
    'new',
    'New ',
    'σ',
  ];

  it('complete a text as the index of all of them does', () => {
    const index = new TokenPrefixIndex(DICTIONARY);
    const text = (prefix: string, limit: number): string[] =>
      finish(labelsBeginningWith(DICTIONARY.labels, prefix, limit, 128)).map(
        ({ row, text: label }) => `${row} ${label}`,
      );
    for (const prefix of [...PREFIXES, 'a', '[', '@', '`', '1', '😀', '\u212A', 'ǅ', 'nothing']) {
      // The index finds words behind a space, too, of which there are none among words.
      const expected = index
        .search(prefix, 50)
        .filter(({ text: label }) => !label.startsWith(' '))
        .sort((a, b) => Number(b.text.startsWith(prefix)) - Number(a.text.startsWith(prefix)) || a.id - b.id)
        .map(({ id, text: label }) => `${id} ${label}`);
      assert.deepEqual(text(prefix, 50), expected, prefix);
      assert.deepEqual(text(prefix, 2), expected.slice(0, 2), prefix);
    }
  });

  it('pass filters as the tokens of a vocabulary do', () => {
    const vocabulary = new FilteredVocabulary(DICTIONARY);
    const rowCount = LABELS.length + 40;
    const texts = [
      'stra',
      'cole',
      'e',
      'o',
      '',
      'k',
      'ing',
      'NG',
      ' ',
      '␣',
      'w y',
      '.',
      "'",
      'é',
      'ß',
      '東',
      'м',
      '\\x',
      '→',
      'x'.repeat(100),
    ];
    for (const text of texts) {
      for (const space of ['any', 'with', 'without'] as const) {
        for (const wordLike of [false, true]) {
          for (const hideByteFragments of [false, true]) {
            const filter = { ...EVERY_ROW, text, space, wordLike, hideByteFragments };
            const every = new Uint32Array(Math.ceil(rowCount / 32));
            for (let row = 0; row < rowCount; row++) {
              every[row >> 5] = (every[row >> 5] ?? 0) | (1 << (row & 31));
            }
            assert.deepEqual(
              finish(rowsByLabel(DICTIONARY.labels, filter, rowCount)),
              allowedRows(filter, vocabulary, rowCount) ?? every,
              JSON.stringify(filter),
            );
          }
        }
      }
    }
  });
});
