import { HEAD, row } from './cells.mjs';

export function tokenizer(figures) {
  const rows = Object.entries(figures).map(
    ([name, { firstUse, microsecondsPerWord }]) =>
      `${row(`${name}: fresh process → first word encoded`, firstUse)}\n${row(`${name}: a new word, **microseconds**`, microsecondsPerWord)}`,
  );
  return `## Tokenizer

${HEAD}
${rows.join('\n')}
`;
}
