import { HEAD, ratio, row, thousands } from './cells.mjs';

export function mapDrawing(figures) {
  if (!figures) {
    return '';
  }
  const points = ({ count, ratio }) =>
    `${thousands(count)} points${ratio === undefined ? '' : ` at ${ratio} ×`}`;
  const moves = { pan: 'the whole map dragged', zoom: 'zoomed in up to 12 times and out' };
  const withPeers = figures.raster.filter(({ fillRect }) => fillRect !== undefined);
  const rows = [
    ...figures.raster.map((one) =>
      row(`Points drawn into a picture: ${points(one)}, ${moves[one.move]}`, one.raster),
    ),
    ...withPeers.flatMap((one) => [
      row(`For comparison: a call of \`fillRect\` for each, on a canvas: ${points(one)}`, one.fillRect),
      row(`For comparison: one path of arcs for each color: ${points(one)}`, one.arcs),
    ]),
    ...figures.hit.flatMap((one) => [
      row(`Point under the pointer found: ${points(one)}`, one.nearest),
      row(`For comparison: by a look at each point: ${points(one)}`, one.loop),
      row(`Made ready for that: ${points(one)}`, one.build),
      row(`Order of drawing worked out: ${points(one)}`, one.order),
    ]),
    ...figures.frames.map((one) => row(`From frame to frame while the map is dragged: ${points(one)}`, one)),
  ];
  const ratios = withPeers.map(
    (one) => `${ratio(one.raster, one.fillRect)} and ${ratio(one.raster, one.arcs)} at ${one.ratio} ×`,
  );
  return `## The map of all tokens, drawn in Chromium ${figures.browser} without a GPU

A stage of 1000 × 800 CSS pixels, points in islands of different density, at 1 or 2 pixels of the device for one of CSS.

${HEAD}
${rows.join('\n')}

A picture of 50,257 points takes this many times as long as \`fillRect\` and as arcs (medians): ${ratios.join('; ')}.
`;
}
