import { KINDS } from './kinds.mjs';
import { HEAD, row, single } from './cells.mjs';

export function typing(documents) {
  const names = { ...KINDS, nucleotides: 'one row of nucleotides' };
  const rows = Object.entries(documents).flatMap(([kind, figures]) => [
    row(
      `${names[kind]}: a keystroke, all tokens counted, those of 5,000 characters around it listed`,
      figures.keystroke,
    ),
    row(`${names[kind]}: the count of a selection of everything but two characters`, figures.selection),
    row(`${names[kind]}: figures of the words after a keystroke`, figures.words),
    single(`${names[kind]}: all tokenized, at first`, figures.open),
  ]);
  return `## Typing in the middle of a million characters

In plain Node, the tokens alone.

${HEAD}
${rows.join('\n')}
`;
}
