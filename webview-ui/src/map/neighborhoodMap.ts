import { html, nothing, svg, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import type { AnswerView, MapView } from '../../../src/protocol/answerView';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import { formatScore } from '../metrics';
import { describe, spokenQuery } from '../searched';
import { explainedTerm, termExplanation } from '../shell/explainedTerm';
import { sectionHead } from '../shell/sectionHead';
import { layoutMap, type MapLayout } from './mapLayout';
import { nearestPoint, pointInDirection } from './mapGeometry';
import { mapDrawing } from './mapDrawing';
import {
  clickNeighbor,
  clickOtherButton,
  doubleClickNeighbor,
  pressButton,
} from '../neighbors/neighborPointer';
import { copyNeighbor } from '../neighbors/copyNeighbor';
import { mapTable } from './mapTable';
import { formatShare } from '../numbers';
import { askForMenu, neighborContext, type SelectedPlace } from '../neighbors/neighborMenu';
import { place } from '../place';
import { tokenText } from '../tokenText';
import { ofRows } from '../rowNames';

/** A point this near to the pointer is meant, in CSS pixels: targets are 24 px wide. */
const REACH = 12;

/** Where the words of the head are explained. */
const MAP_TERMS = 'map-terms';

/** The query and its neighbors on two principal components, as a drawing or as a table. */
export function neighborhoodMap(
  answer: AnswerView,
  map: MapView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const term = (name: 'spread' | 'misplaced') => explainedTerm(name, name, MAP_TERMS, state, actions);
  const hollow = map.misplaced.some(Boolean)
    ? html` · hollow: ${term('misplaced')}<span class="wide"> in 2-D</span>`
    : nothing;
  const shown = map.points.length < answer.neighbors.length ? ` · best ${map.points.length}` : '';
  const note = html`<span class="quiet nowrap"
    >${formatShare(map.explained[0] + map.explained[1])} of ${term('spread')}${shown}${hollow}</span
  >`;
  const head = { plot: 'map', title: 'Neighborhood', note, table: 'Show neighborhood as table' } as const;
  return html`<section class="neighborhood" aria-labelledby="map-title">
    ${sectionHead(head, state, actions)}
    ${state.arrangement.isOpen('map') ? termExplanation(['spread', 'misplaced'], MAP_TERMS, state) : nothing}
    ${
      !state.arrangement.isOpen('map')
        ? nothing
        : state.tables.has('map')
          ? mapTable(answer, map, state.selected)
          : mapFrame(answer, map, state, actions)
    }
  </section>`;
}

function mapFrame(
  answer: AnswerView,
  map: MapView,
  state: InspectorState,
  actions: InspectorActions,
): TemplateResult {
  const layout = state.mapWidth > 0 && state.mapHeight > 0 ? layoutMap(answer, map, state) : undefined;
  return html`<div
    class=${classMap({ map: true, pointing: state.hovered !== undefined && state.hoveredOn === 'map' })}
    role="group"
    tabindex="0"
    aria-label="Neighborhood map: arrow keys select a point, Enter goes to it"
    @mousemove=${(event: MouseEvent) => actions.hover(pointAt(event, layout), 'map')}
    @mouseleave=${() => actions.hover(undefined, 'map')}
    @click=${(event: MouseEvent) => clickNeighbor(event, pointAt(event, layout), actions)}
    @dblclick=${(event: MouseEvent) => doubleClickNeighbor(event, pointAt(event, layout), state.selected, actions)}
    @auxclick=${(event: MouseEvent) => clickOtherButton(event, pointAt(event, layout), actions)}
    @mousedown=${pressButton}
    @contextmenu=${(event: MouseEvent) => askForPointMenu(event, layout, state, actions)}
    data-vscode-context=${neighborContext(state)}
    @keydown=${(event: KeyboardEvent) => pressInMap(event, layout, state, actions)}
    @copy=${(event: ClipboardEvent) => copyNeighbor(event, actions)}
  >
    ${
      layout
        ? html`<svg
              class="plot"
              data-plot="map"
              width=${layout.geometry.width}
              height=${layout.geometry.height}
              role="img"
              aria-label=${mapSentence(answer, map, state)}
            >
              ${guard([layout, state.hovered], () => svg`${mapDrawing(layout, map, state)}`)}
            </svg>
            ${tooltip(answer, map, layout, state)}`
        : nothing
    }
  </div>`;
}

function mapSentence(answer: AnswerView, map: MapView, state: InspectorState): string {
  const misplaced = map.misplaced.filter(Boolean).length;
  const best = answer.neighbors.find(({ isQuery }) => !isQuery);
  return [
    `${map.points.length} neighbors of ${spokenQuery(state.snapshot?.query)} on two principal components,`,
    `which show ${formatShare(map.explained[0] + map.explained[1])} of their spread;`,
    misplaced > 0
      ? `${misplaced} of them stand beside others than their true neighbors.`
      : 'none is misplaced.',
    best ? `Nearest: ${describe(best)}.` : '',
    ofRows('The ranked list and the table hold the same tokens.'),
  ].join(' ');
}

function tooltip(
  answer: AnswerView,
  map: MapView,
  { geometry, labels }: MapLayout,
  { hovered, hoveredOn }: InspectorState,
): TemplateResult | typeof nothing {
  const neighbor = hovered === undefined ? undefined : answer.neighbors[hovered];
  const point = hovered === undefined ? undefined : geometry.points[hovered];
  if (hovered === undefined || !neighbor || !point) {
    return nothing;
  }
  // From the list a label says enough, and a tooltip would cover others.
  if (hoveredOn === 'list' && labels.some(({ index }) => index === hovered)) {
    return nothing;
  }
  const isRight = point.x > geometry.width / 2;
  const isLow = point.y > geometry.height / 2;
  return html`<div
    class=${classMap({ tooltip: true, right: isRight, low: isLow })}
    ${place({ left: `${point.x}px`, top: `${point.y}px` })}
  >
    ${tokenText(neighbor.token)}
    <span class="quiet"
      >${formatScore(neighbor.score)}, rank
      ${neighbor.rank}${map.misplaced[hovered] ? ', misplaced in 2-D' : ''}</span
    >
  </div>`;
}

function pointAt(event: MouseEvent, layout: MapLayout | undefined): number | undefined {
  const { currentTarget } = event;
  if (!layout || !(currentTarget instanceof Element)) {
    return undefined;
  }
  const { left, top } = currentTarget.getBoundingClientRect();
  return nearestPoint(layout.geometry.points, event.clientX - left, event.clientY - top, REACH);
}

function askForPointMenu(
  event: MouseEvent,
  layout: MapLayout | undefined,
  state: InspectorState,
  actions: InspectorActions,
): void {
  const { currentTarget: element } = event;
  const selectedPlace = (): SelectedPlace | undefined => {
    const point = layout?.geometry.points[state.selected];
    if (!(element instanceof Element) || !point) {
      return undefined;
    }
    const { left, top } = element.getBoundingClientRect();
    return { element, x: left + point.x, y: top + point.y };
  };
  askForMenu(event, pointAt(event, layout), selectedPlace, state, actions);
}

function pressInMap(
  event: KeyboardEvent,
  layout: MapLayout | undefined,
  state: InspectorState,
  actions: InspectorActions,
): void {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
    actions.copyRow();
  } else if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
    actions.openInspector(state.selected);
  } else if (event.ctrlKey || event.metaKey || event.altKey || !layout) {
    return;
  } else if (event.key === 'Enter') {
    actions.walk(state.selected);
  } else {
    const point = pointForKey(event.key, layout, state.selected);
    if (point === undefined) {
      return;
    }
    actions.select(point);
    const neighbor = state.neighbors[point];
    if (neighbor) {
      actions.announce(`${describe(neighbor)}, rank ${neighbor.rank}`);
    }
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Unit vectors; y points down. */
const DIRECTIONS = new Map([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
]);

/** @returns undefined for a key without a meaning here; the same point where there is none in the direction. */
function pointForKey(key: string, { geometry }: MapLayout, selected: number): number | undefined {
  if (key === 'Home') {
    return 0;
  }
  if (key === 'End') {
    return geometry.points.length - 1;
  }
  const direction = DIRECTIONS.get(key);
  const from = geometry.points[selected] ?? geometry.query;
  return direction && (pointInDirection(geometry.points, from, direction) ?? selected);
}
