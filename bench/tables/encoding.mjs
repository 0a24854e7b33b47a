import { KINDS } from './kinds.mjs';

export function encoding({ bytes, encoders }) {
  const kinds = Object.keys(KINDS);
  const [[, ours], ...peers] = Object.entries(encoders);
  const speed = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
  const rows = Object.entries(encoders).map(([name, figures]) => {
    if (figures.unavailable !== undefined) {
      return `| ${name} (not there) | | | | | | |`;
    }
    const cells = kinds.map(
      (kind) => `${speed(figures[kind].median)} | ${(ours[kind].median / figures[kind].median).toFixed(1)} ×`,
    );
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const others = peers.filter(([, figures]) => figures.unavailable === undefined);
  const differing = others.filter(([, figures]) =>
    kinds.some((kind) => figures[kind].digest !== ours[kind].digest),
  );
  const agreement =
    others.length === 0
      ? 'None of the others was there to compare the ids with.'
      : differing.length === 0
        ? 'All give the same ids.'
        : `Other ids than ours: ${differing.map(([name]) => name).join(', ')}.`;
  const about = kinds.map(
    (kind) =>
      `${KINDS[kind]} ${(bytes[kind] / 1e6).toFixed(1)} MB, ${ours[kind].bytesPerToken.toFixed(1)} bytes a token`,
  );
  return `## Encoding, in MB/s of UTF-8

Median of texts of a million UTF-16 units, one after the other in one thread, each encoder in a fresh process, the first text left out. Generated prose
with Zipf's distribution of words, this project's own sources, generated words of nine languages: ${about.join('; ')}.

| Who | ${kinds.map((kind) => `${KINDS[kind]} | ours is faster`).join(' | ')} |
| --- | ${kinds.map(() => '---: | ---:').join(' | ')} |
${rows.join('\n')}

${agreement}
`;
}
