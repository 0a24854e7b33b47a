import { ms, thousands } from './cells.mjs';

export function largerModels(large) {
  if (large === undefined) {
    return '';
  }
  const rows = large.models.map(
    ({
      name,
      rowCount,
      dimension,
      dtype,
      codeMegabytes,
      build,
      reopen,
      top20,
      top200,
      bareRead,
      residentAfter,
    }) =>
      `| ${name} | ${thousands(rowCount)} × ${dimension} ${dtype} | ${codeMegabytes.toFixed(0)} | ${(build / 1000).toFixed(1)} s | ${ms(reopen)} | ${ms(top20.median)} | ${ms(top200.median)} | ${ms(bareRead.median)} | ${(top20.median / bareRead.median).toFixed(2)} × | ${residentAfter.toFixed(0)} |`,
  );
  return `## Larger models

Measured on ${large.date.slice(0, 10)} with \`--large\`. Stand-ins of their shapes. The worker and a second thread share the scan from 64 MB of codes on. Times of a query are the engine's.

| Model | shape | codes MB | build | kept → answer | top 20 | top 200 | bare read | ratio | process MB |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}
