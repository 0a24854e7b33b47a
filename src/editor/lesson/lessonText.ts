import { visibleText } from '../../core/foreignText/visibleText';
import { shownName } from '../../core/foreignText/shownText';
import type { ModelIdentity } from '../../model/modelLocation';
import { COMMANDS } from '../commandIds';
import { FORMULA, NAME, PAIR, type ModelFigures, type NamedScore, type SplitWord } from './lessonFigures';

/** What a step of the lesson offers to do: a button above one of its lines. */
export interface LessonAction {
  /** The line that its button stands above, counted from 0. */
  readonly line: number;
  /** Codicon of the button. */
  readonly icon?: string;
  readonly title: string;
  /** Where the text itself names it, in UTF-16 units. */
  readonly start: number;
  readonly command: string;
  readonly argument?: unknown;
}

export interface LessonPage {
  readonly text: string;
  readonly actions: readonly LessonAction[];
}

/** Where the figures of a model would be, why they are not there: one sentence of ours. */
export type LessonFigures = ModelFigures | { readonly missing: string };

interface Step {
  readonly heading: string;
  readonly body: readonly string[];
  /** The line below the buttons. */
  readonly result: string;
  readonly actions: readonly Omit<LessonAction, 'line' | 'start'>[];
}

const LESSON_HEADING = '# How a language model sees text';

/** The lesson as Markdown, with the figures of the model in use. What is foreign in it stands between backticks. */
export function lessonPage(words: readonly SplitWord[], figures: LessonFigures): LessonPage {
  const [first, ...steps] = [introduction(), ...lessonSteps(words, figures)].map(layOut);
  return steps.reduce<LessonPage>(followedBy, first ?? { text: '', actions: [] });
}

/** A step by itself. */
function layOut({ heading, body, result, actions }: Step): LessonPage {
  const before = [heading, ...body];
  const text = `${[...before, result].join('\n')}\n`;
  return {
    text,
    actions: actions.map((action) => ({ ...action, line: before.length, start: text.indexOf(action.title) })),
  };
}

function followedBy(page: LessonPage, next: LessonPage): LessonPage {
  const before = `${page.text}\n`;
  const lines = before.split('\n').length - 1;
  const moved = next.actions.map((action) => ({
    ...action,
    line: lines + action.line,
    start: before.length + action.start,
  }));
  return { text: before + next.text, actions: [...page.actions, ...moved] };
}

function introduction(): Step {
  return {
    heading: LESSON_HEADING,
    body: [
      'A model reads no letters: a tokenizer cuts a text into tokens, and each token is one row of a matrix.',
    ],
    result:
      'Six steps show it. The words above a line are buttons; Get Started leads through them one by one.',
    actions: [{ icon: 'book', title: 'Get Started', command: COMMANDS.openWalkthrough }],
  };
}

function lessonSteps(words: readonly SplitWord[], figures: LessonFigures): readonly Step[] {
  const known = 'missing' in figures ? undefined : figures;
  return [
    {
      heading: '## 1. Load the matrix',
      body: [
        'Each token has a row of numbers, learned in training. Load Embeddings… reads all rows, the embedding matrix; ' +
          'Choose Model… takes those of another model.',
      ],
      result: 'missing' in figures ? figures.missing : modelSentence(figures.model),
      actions: [
        { icon: 'play', title: 'Load Embeddings…', command: COMMANDS.loadEmbeddings },
        { title: 'Choose Model…', command: COMMANDS.chooseModel },
      ],
    },
    {
      heading: '## 2. Tokens',
      body: [
        'I ate a banana and an apple at the cosmic bowling night.',
        'Rest the mouse on a word, or press Show the Card of banana.',
      ],
      result:
        `Alone: ${words.map(({ alone }) => splitText(alone)).join(', ')}. ` +
        `After a space: ${words.map(({ afterSpace }) => splitText(afterSpace)).join(', ')}.`,
      actions: [
        {
          icon: 'play',
          title: 'Show the Card of banana',
          command: COMMANDS.openLesson,
          argument: { word: 'banana', hover: true },
        },
      ],
    },
    {
      heading: '## 3. Two vectors',
      body: [
        'Compare ban and ana: the lines are two rows of the matrix, the scatter sets one against the other, and its ' +
          'title is their cosine similarity, 1 where both point the same way.',
      ],
      result: known
        ? `${code(PAIR[0])} and ${code(PAIR[1])}: ${similarity(known.pair.cosine)}. ` +
          `Two tokens taken at random: ${similarity(known.pair.average)} on average.`
        : 'The similarity of both stands here when a model is loaded.',
      actions: [
        {
          icon: 'play',
          title: `Compare ${PAIR[0]} and ${PAIR[1]}`,
          command: COMMANDS.compareTokens,
          argument: { texts: PAIR },
        },
      ],
    },
    {
      heading: '## 4. One against all',
      body: [
        `${NAME} met Michael, Chris and Jim.`,
        `Find the Neighbors of ${NAME} ranks all tokens. The histogram shows what “unrelated” looks like: not 0, but the average.`,
      ],
      result: known
        ? `Nearest: ${scores(known.name.neighbors)}. Average of all ${count(known.model.rowCount)} tokens: ` +
          `${similarity(known.name.average)}.`
        : 'The nearest tokens stand here when a model is loaded.',
      actions: [
        {
          icon: 'play',
          title: `Find the Neighbors of ${NAME}`,
          command: COMMANDS.findNeighbors,
          argument: NAME,
        },
      ],
    },
    {
      heading: '## 5. Loop and product',
      body: [
        'Verify Similarity runs the loop of a notebook, row by row, beside the search of Tokenscope. Both give the same ' +
          'tokens in the same order, with correlation 1.000; only the times differ.',
      ],
      result: known
        ? loopSentence(known.model)
        : 'How many products that are stands here when a model is loaded.',
      actions: [{ icon: 'play', title: 'Verify Similarity', command: COMMANDS.verifySimilarity }],
    },
    {
      heading: '## 6. On from here',
      body: [
        `Vectors add up: Find ${FORMULA}. In the inspector, choose the metric _centered_ to take the direction away that ` +
          'all tokens share, open the other forms of a neighbor, and its page. Toggle Token Bands colors this text; ' +
          'Token Actions… has all the rest.',
      ],
      result: known
        ? `${code(FORMULA)}: ${scores(known.formula)}.`
        : 'What the formula gives stands here when a model is loaded.',
      actions: [
        { icon: 'play', title: `Find ${FORMULA}`, command: COMMANDS.findNeighbors, argument: FORMULA },
        { title: 'Toggle Token Bands', command: COMMANDS.toggleBands },
        { title: 'Token Actions…', command: COMMANDS.tokenActions },
      ],
    },
  ];
}

function modelSentence({ name, isSample, isVerified, rowCount, dimension }: ModelIdentity): string {
  const size = `${count(rowCount)} rows of ${count(dimension)} numbers`;
  if (isSample) {
    return `In use: sample vectors, ${size}. They are not GPT-2.`;
  }
  return `In use: ${code(shownName(name))}, ${size}${isVerified ? ', verified' : ''}.`;
}

function loopSentence({ rowCount, dimension }: ModelIdentity): string {
  return `For one question that is ${count(rowCount)} × ${count(dimension)} = ${count(rowCount * dimension)} products.`;
}

function scores(neighbors: readonly NamedScore[]): string {
  return neighbors.map(({ label, score }) => `${code(label)} ${similarity(score)}`).join(', ');
}

function splitText(pieces: readonly string[]): string {
  return code(pieces.join('|'));
}

/** Three decimals, with the sign that the inspector draws. */
function similarity(value: number): string {
  return value.toFixed(3).replace('-', '\u2212');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

/** Text that is not ours, as code of Markdown: no backtick in it ends that, so nothing in it becomes a link. */
function code(text: string): string {
  return `\`${visibleText(text).replaceAll('`', '\u02cb').replaceAll('://', ':\u2060//')}\``;
}
