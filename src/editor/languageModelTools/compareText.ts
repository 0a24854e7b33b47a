import type { ComparedPair, ComparedText, ComparisonAnswer } from '../answers/tokenAnswers';
import { figure, modelLines, queryLines, type ToolText } from './toolText';

export function compareText({
  model,
  texts,
  pairs,
  averageCosine,
  averageCentered,
}: ComparisonAnswer): ToolText {
  const nameOf = (index: number): string =>
    texts.length === 2 ? (index === 0 ? 'a' : 'b') : String(index + 1);
  return {
    head: [
      ...modelLines(model),
      ...texts.flatMap((text, index) => {
        const [first = '', ...others] = queryLines(text);
        // The vector of several tokens is a sum of unit vectors, whose length says nothing.
        const norm = isOneToken(text) ? `, norm ${figure(text.norm)}` : '';
        return [`${nameOf(index)}: ${first}${norm}`, ...others];
      }),
      ...(texts.every(isOneToken)
        ? []
        : [
            'Of several tokens, cosine and Pearson correlation add up the vectors at unit length, the other figures the vectors as they are.',
          ]),
      ...(texts.length === 2 ? [] : ['Pairs, by their numbers above:']),
    ],
    list: pairs.map((pair) => `${nameOf(pair.a)}, ${nameOf(pair.b)}: ${figuresOf(pair)}`),
    entries: 'pairs',
    tail: [
      `Scale: two tokens of this model have on average cosine ${figure(averageCosine)} and centered cosine ${figure(averageCentered)}, which is what unrelated tokens look like; only values clearly above mean likeness. The centered cosine takes the mean of all rows away first.`,
    ],
  };
}

function isOneToken({ pieces }: ComparedText): boolean {
  return pieces.length === 1;
}

function figuresOf({ cosine, centered, dot, euclidean, pearson }: ComparedPair): string {
  return [
    `cosine ${figure(cosine)}`,
    `centered cosine ${figure(centered)}`,
    `dot product ${figure(dot)}`,
    `Euclidean distance ${figure(euclidean)}`,
    `Pearson correlation of the values ${figure(pearson)}`,
  ].join(', ');
}
