// Texts for the tokenizers, about a megabyte each, all different, the same in every run.
import fs from 'node:fs';
import path from 'node:path';
import { seededRandom } from './statistics.mjs';

const TEXT_UNITS = 1_000_000;
const TEXTS_PER_KIND = 5;
const CODE_FOLDERS = ['src', 'test', 'webview-ui/src', 'bench', 'scripts'];
const CODE_FILE = /\.(ts|mts|mjs)$/;
const SKIPPED_FOLDERS = new Set(['node_modules', 'generated', 'results']);

/** English prose, this project's own sources, and many languages: lists of texts by kind. */
export function encodingTexts(tokenizer, project) {
  return {
    prose: Array.from({ length: TEXTS_PER_KIND }, (_, i) =>
      prose(englishWords(tokenizer), seededRandom(100 + i)),
    ),
    code: sourceCode(project),
    languages: Array.from({ length: TEXTS_PER_KIND }, (_, i) => manyLanguages(seededRandom(200 + i))),
  };
}

/** A million letters in a row: one pre-token. */
export function nucleotides() {
  const random = seededRandom(300);
  return Array.from({ length: TEXT_UNITS }, () => 'ACGT'.charAt(Math.floor(random() * 4))).join('');
}

/**
 * Words by falling frequency: those that are tokens of GPT-2, whose ids follow frequency, and behind them as many derived
 * ones, which fall into two or more tokens.
 */
function englishWords(tokenizer) {
  const random = seededRandom(99);
  const words = [];
  for (let id = 256; id < tokenizer.vocabularySize; id++) {
    const word = tokenizer.decode([id]);
    if (/^ [A-Za-z]?[a-z]+$/.test(word) && (word.length > 2 || word === ' a' || word === ' I')) {
      words.push(word.slice(1));
    }
  }
  const endings = ['s', 'ed', 'ing', 'ly', 'ness', 'like', 'ization', 'able', 'ward', 'ist', 'ish', 'hood'];
  const derived = words.map(() => {
    const stem = words[Math.floor(random() * words.length)];
    return stem.length < 4 ? stem : stem + endings[Math.floor(random() * endings.length)];
  });
  return [...words, ...derived];
}

/** Picks by Zipf's law: the word of rank r with a weight of 1 / r. */
function zipf(words, random) {
  let total = 0;
  const cumulative = Float64Array.from(words, (_, rank) => (total += 1 / (rank + 2)));
  return () => {
    const wanted = random() * total;
    let low = 0;
    let high = words.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cumulative[middle] < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return words[low];
  };
}

function prose(words, random) {
  const next = zipf(words, random);
  const contractions = ["don't", "it's", "they're", "I've", "we'll", "she'd", "I'm", 'the day’s', "John's"];
  let text = '';
  while (text.length < TEXT_UNITS) {
    const first = next();
    let sentence = first[0].toUpperCase() + first.slice(1);
    for (let left = 4 + Math.floor(random() * 25); left > 0; left--) {
      const dice = random();
      const word =
        dice < 0.02
          ? contractions[Math.floor(random() * contractions.length)]
          : dice < 0.03
            ? String(Math.floor(random() * 10 ** (1 + Math.floor(random() * 5))))
            : dice < 0.04
              ? `(${next()} ${next()})`
              : dice < 0.05
                ? `"${next()}"`
                : next();
      sentence += (random() < 0.07 ? ', ' : ' ') + word;
    }
    text += sentence + (random() < 0.9 ? '.' : '?') + (random() < 0.15 ? '\n\n' : ' ');
  }
  return text;
}

function sourceCode(project) {
  const whole = CODE_FOLDERS.flatMap((folder) => filesBelow(path.join(project, folder)))
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n');
  const count = Math.max(2, Math.round(whole.length / TEXT_UNITS));
  const length = Math.ceil(whole.length / count);
  return Array.from({ length: count }, (_, i) => whole.slice(i * length, (i + 1) * length));
}

function filesBelow(folder) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(full);
      }
      return CODE_FILE.test(entry.name) ? [full] : [];
    });
}

/** Letters by falling frequency, roughly, and how long words are; scripts without spaces between words have none. */
const LANGUAGES = [
  { letters: 'enisratdhulcgmobwfkzäüöpßvj', length: 6 },
  { letters: 'esaitnrulodcmpévqfbghjàxèyêzâçîôûùëïœ', length: 5 },
  { letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъ', length: 6 },
  { letters: 'αοιετσνρηυκπμλςάδίόέγχήθύφώβξζψ', length: 6 },
  { letters: 'اليمونرتبةعدسفهكقحجشطصخأضذثئظغ', length: 5 },
  { letters: 'यानकरहसतलेीिदपमवोगबजुशभडचथधखटूंणषफझ', length: 5 },
  { letters: '이다는의에을가고하를로은지한기사어리자인도나시아대정수서', length: 3 },
  { letters: range(0x4e00, 3000), length: 2, gap: '', stop: '。', comma: '，' },
  {
    letters: `のにはをたがでてとしれさあるいうこかもなら${range(0x30a2, 60)}`,
    length: 4,
    gap: '',
    stop: '。',
    comma: '、',
  },
];

function range(first, count) {
  return Array.from({ length: count }, (_, i) => String.fromCodePoint(first + i)).join('');
}

function manyLanguages(random) {
  const speakers = LANGUAGES.map(({ letters, length, ...signs }) => {
    const letter = zipf(Array.from(letters), random);
    const words = Array.from({ length: 4000 }, () =>
      Array.from({ length: 1 + Math.floor(random() * 2 * length) }, letter).join(''),
    ).sort((a, b) => a.length - b.length);
    return { next: zipf(words, random), gap: ' ', stop: '.', comma: ',', ...signs };
  });
  let text = '';
  while (text.length < TEXT_UNITS) {
    const { next, gap, stop, comma } = speakers[Math.floor(random() * speakers.length)];
    for (let sentences = 1 + Math.floor(random() * 5); sentences > 0; sentences--) {
      for (let left = 4 + Math.floor(random() * 20); left > 0; left--) {
        text += next() + (random() < 0.08 ? comma : '') + gap;
      }
      text += `${next()}${stop}${gap}`;
    }
    text += random() < 0.1 ? '🙂\n\n' : '\n';
  }
  return text;
}
