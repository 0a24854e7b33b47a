import { nothing, svg, type SVGTemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { MapView } from '../../../src/protocol/answerView';
import type { InspectorState } from '../inspectorState';
import type { MapLayout } from './mapLayout';
import type { MapLabel } from './mapLabels';
import type { Point } from './mapGeometry';
import { formatShare } from '../numbers';

/** Half the diagonal of the query's mark. */
const QUERY_SIZE = 6;

/** The inside of the drawing, back to front: axes, line to the selected point, points, labels, captions. */
export function mapDrawing(layout: MapLayout, map: MapView, state: InspectorState): SVGTemplateResult {
  const { width, height, query, points } = layout.geometry;
  const selected = points[layout.selected];
  const hovered =
    state.hovered === undefined || state.hovered === layout.selected ? undefined : points[state.hovered];
  return svg`
    <path class="axis" d="M${query.x} 4V${height - 18}M8 ${query.y}H${width - 8}" />
    ${selected ? svg`<path class="to-selected" d="M${query.x} ${query.y}L${selected.x} ${selected.y}" />` : nothing}
    ${drawnPoints(layout, map, state)}
    <path class="query-mark" d=${diamond(query)} />
    ${selected ? svg`<circle class="selected-ring" cx=${selected.x} cy=${selected.y} r=${layout.selected === layout.queryPoint ? 9 : 6.5} />` : nothing}
    ${hovered ? svg`<circle class="hovered-ring" cx=${hovered.x} cy=${hovered.y} r="8.5" />` : nothing}
    ${layout.labels.map((label) => drawnLabel(label, layout.selected))}
    <text class="caption" x="8" y="13">PC 2 · ${formatShare(map.explained[1])}</text>
    <text class="caption end" x=${width - 8} y=${height - 5}>PC 1 · ${formatShare(map.explained[0])}</text>
  `;
}

function drawnPoints(
  { geometry, queryPoint }: MapLayout,
  map: MapView,
  state: InspectorState,
): SVGTemplateResult[] {
  return (
    geometry.points
      .map((point, index) => {
        const isMisplaced = map.misplaced[index] === true;
        const classes = classMap({
          point: true,
          misplaced: isMisplaced,
          spaced: state.neighbors[index]?.token.label.segments[0]?.kind === 'space',
        });
        return {
          index,
          drawn: svg`<circle class=${classes} data-point=${index} cx=${point.x} cy=${point.y} r=${isMisplaced ? 3.25 : 4} />`,
        };
      })
      .filter(({ index }) => index !== queryPoint)
      // The best neighbor is drawn last, on top.
      .reverse()
      .map(({ drawn }) => drawn)
  );
}

function drawnLabel({ index, text, spaces, x, y }: MapLabel, selected: number): SVGTemplateResult {
  const classes = classMap({ label: true, strong: index === -1 || index === selected });
  return svg`<g class=${classes} data-label=${index}>
    <text x=${x} y=${y}>${text}</text>
    ${spaces.map((space) => svg`<path class="space-mark" d="M${x + space.x + 0.5} ${y - 2.5}v2.5h${space.width - 1.5}v-2.5" />`)}
  </g>`;
}

function diamond({ x, y }: Point): string {
  return `M${x - QUERY_SIZE} ${y}L${x} ${y - QUERY_SIZE}L${x + QUERY_SIZE} ${y}L${x} ${y + QUERY_SIZE}Z`;
}
