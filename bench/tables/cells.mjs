// What the tables of docs/benchmarks.md are made of.

export const ms = (value) => (value === undefined ? '' : value < 10 ? value.toFixed(2) : value.toFixed(1));
export const HEAD = '| What | min | median | 95 % | runs |\n| --- | ---: | ---: | ---: | ---: |';
export const row = (what, { min, median, percentile95, runs }) =>
  `| ${what} | ${ms(min)} | ${ms(median)} | ${ms(percentile95)} | ${runs} |`;
export const single = (what, value) => `| ${what} | | ${ms(value)} | | 1 |`;
export const ratio = (a, b) => (a.median / b.median).toFixed(2);
export const thousands = (value) => value.toLocaleString('en');
