import { ms } from './cells.mjs';

export function peers({ top20, top200, unavailable }) {
  const ours20 = top20.Tokenscope;
  const ours200 = top200.Tokenscope;
  const names = Object.keys(top20);
  const cell = (figures, ours) =>
    figures === undefined || figures.unavailable !== undefined
      ? '| | | '
      : `| ${ms(figures.min)} | ${ms(figures.median)} | ${(figures.median / ours.median).toFixed(1)} × `;
  const rows = names.map((name) => {
    const figures = top20[name];
    const version = figures.version === undefined ? '' : ` ${figures.version}`;
    return `| ${name}${version} ${cell(figures, ours20)}${cell(top200[name], ours200)}|`;
  });
  const missing = Object.entries(unavailable).map(([name, reason]) => `- ${name}: not there (${reason}).`);
  return `## Beside its peers

The same questions to all, in turn, so that each finds the processor's caches as the others left them: that is what a single question in
an editor meets, and slower than the table above. All answer the same tokens. Times inside each peer, without its messages; see
\`bench/peers/README.md\`.

| Who | top 20: min | median | ratio | top 200: min | median | ratio |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
${missing.length === 0 ? '' : `\n${missing.join('\n')}\n`}`;
}
