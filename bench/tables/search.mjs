import { ms, ratio } from './cells.mjs';

const CASES = [
  ['cosine20', 'Cosine, top 20'],
  ['cosine200', 'Cosine, top 200'],
  ['disk20', 'Cosine, top 20, candidates read from the file'],
  ['disk200', 'Cosine, top 200, candidates read from the file'],
  ['centered20', 'Centered cosine, top 20'],
  ['centered200', 'Centered cosine, top 200'],
  ['dot20', 'Dot product, top 20'],
  ['dot200', 'Dot product, top 200'],
  ['euclidean20', 'Euclidean distance, top 20'],
  ['euclidean200', 'Euclidean distance, top 200'],
  ['filtered20', 'Cosine, top 20 of a third of the tokens'],
];

export function theSearch(search) {
  const { cases, bareRead, loop } = search;
  const rows = CASES.map(([name, what]) => {
    const figures = cases[name];
    const speed = (search.codeMegabytes / figures.median).toFixed(1);
    return `| ${what} | ${ms(figures.min)} | ${ms(figures.median)} | ${ms(figures.percentile95)} | ${figures.runs} | ${speed} | ${figures.candidates} | ${figures.rescored} |`;
  });
  return `## The search, in one thread

${search.rowCount.toLocaleString('en')} × ${search.dimension}; the codes are ${search.codeMegabytes.toFixed(1)} MB.

| What | min | median | 95 % | runs | GB/s | candidates | rescored |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
| Bare read of the codes in WebAssembly, front to back | ${ms(bareRead.min)} | ${ms(bareRead.median)} | ${ms(bareRead.percentile95)} | ${bareRead.runs} | ${(search.codeMegabytes / bareRead.median).toFixed(1)} | | |
| Cosine, top 20, plain loop in double precision | ${ms(loop.min)} | ${ms(loop.median)} | ${ms(loop.percentile95)} | ${loop.runs} | | | |
| Batch of ${search.batchSize}, top 20, per query | ${ms(search.batch.min)} | ${ms(search.batch.median)} | ${ms(search.batch.percentile95)} | ${search.batch.runs} | | | |
| The same one by one | ${ms(search.oneByOne.min)} | ${ms(search.oneByOne.median)} | ${ms(search.oneByOne.percentile95)} | ${search.oneByOne.runs} | | | |

- Top 20: ${ratio(cases.cosine20, bareRead)} × the bare read of the codes; ${ratio(loop, cases.cosine20)} × faster than the loop, with the same ids and the same scores to the last bit.
- Reading candidates from the file instead of memory adds ${ms(Math.max(0, cases.disk20.median - cases.cosine20.median))} ms for the top 20, ${ms(Math.max(0, cases.disk200.median - cases.cosine200.median))} ms for the top 200.
`;
}
