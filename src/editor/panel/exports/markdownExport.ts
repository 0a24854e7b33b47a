import { SAMPLE_EXPLANATION, SAMPLE_NOTICE } from '../../../protocol/sampleNotice';
import { modelLine } from '../../session/modelIdentity';
import { filterLine, formLine, termsLine, type NeighborExport } from './neighborExport';

/** The list as a Markdown document: what was asked, then a table. Tokens are code, so that nothing in them is markup. */
export function markdownExport({ query, terms, k, filter, answer, version }: NeighborExport): string {
  const facts = [
    ['Query', `${code(query.text)} (${formLine(query)})`],
    ['Terms', code(termsLine(terms))],
    ['Metric', answer.metric],
    ['k', String(k)],
    ['Filter', code(filterLine(filter))],
    ['Model', code(modelLine(answer.model))],
    ['Tokenscope', version],
  ].map(([name, value]) => `- ${name ?? ''}: ${value ?? ''}`);
  const sample = answer.model.isSample ? [`**${SAMPLE_NOTICE}:** ${SAMPLE_EXPLANATION}.`, ''] : [];
  const rows = answer.neighbors.map(
    ({ rank, token, score, norm }) =>
      `| ${rank} | ${cell(token.plain)} | ${token.id} | ${score.toFixed(6)} | ${norm.toFixed(4)} |`,
  );
  return [
    `# Neighbors of ${code(query.text)}`,
    '',
    ...sample,
    ...facts,
    '',
    '| rank | token | id | score | norm |',
    '| ---: | :---- | ---: | ---: | ---: |',
    ...rows,
    '',
  ].join('\n');
}

/** A code span of one line, with more backticks around it than it has inside. */
function code(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ');
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  // One space on each side is taken off again where there is one.
  const padding = fence.length > 1 || /^\s.*\s$/.test(line) || line.trim() === '' ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** Tables are cut at bars before code is read. */
function cell(value: string): string {
  return code(value).replaceAll('|', '\\|');
}
