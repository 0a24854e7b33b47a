import { ms, thousands } from './cells.mjs';

const seconds = (milliseconds) => (milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(1)} s`);
const whole = (value) => (value === undefined ? '' : thousands(Math.round(value)));

/** The section of docs/benchmarks.md about files of millions of words; of the last run that measured them. */
export function millions(figures) {
  if (figures === undefined) {
    return '';
  }
  return `## Millions of rows, beside the peers

Measured on ${figures.date.slice(0, 10)} with \`--large\`. Generated NumPy arrays of single precision whose rows form clusters, and a label for each row. Tokenscope converts
such a file once and keeps its index; its rows stay in a file of which it reads what has to be scored exactly. The peers hold all rows in memory, at
length 1. First answer: from the start of a process until it has answered; the files are in the page cache. Each peer is loaded alone and asked in turn with
Tokenscope, which stays. Exact: answers that are the first 20 of all rows in the order of double precision, by NumPy. Rounding to single precision may
exchange two whose scores differ by less.

${figures.sizes.map(sizeTable).join('\n')}`;
}

function sizeTable({ rowCount, dimension, fileMegabytes, keptMegabytes, built, searches, unavailable }) {
  const ours = searches.Tokenscope;
  const rows = Object.entries(searches).map(([name, figures]) => {
    const { version, min, median, opened, memory, agreement } = figures;
    const who = name === 'Tokenscope' ? 'Tokenscope, worker and its threads' : `${name} ${version}`.trim();
    return `| ${who} | ${seconds(opened)} | ${ms(min)} | ${ms(median)} | ${(median / ours.median).toFixed(1)} × | ${whole(memory?.resident)} | ${whole(memory?.peak)} | ${agreement.inOrder} of ${agreement.asked} |`;
  });
  const missing = Object.entries(unavailable).map(([name, reason]) => `- ${name}: not there (${reason}).`);
  return `### ${thousands(rowCount)} × ${dimension}, ${whole(fileMegabytes)} MB

Tokenscope's very first start: converted after ${seconds(built.converted)}, index built and the first answer there after ${seconds(built.firstAnswer)}; ${whole(built.memory?.peak)} MB at most. It keeps
${whole(keptMegabytes.vectors)} MB of rows and labels and an index of ${whole(keptMegabytes.index)} MB, with which later starts begin.

| Who | first answer | top 20: min | median | ratio | MB | at most | exact |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
${missing.length === 0 ? '' : `\n${missing.join('\n')}\n`}`;
}
