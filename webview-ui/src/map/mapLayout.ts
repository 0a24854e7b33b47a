import type { AnswerView, MapView } from '../../../src/protocol/answerView';
import type { TokenView } from '../../../src/protocol/tokenView';
import type { InspectorState } from '../inspectorState';
import { searchedTokens } from '../searched';
import { mapGeometry, type MapGeometry } from './mapGeometry';
import { mapLabels, type MapLabel } from './mapLabels';
import { TextMeasure } from './textMeasure';

/** Everything about the drawing that stays while only the pointer moves. */
export interface MapLayout {
  readonly answer: AnswerView;
  readonly selected: number;
  readonly geometry: MapGeometry;
  readonly labels: readonly MapLabel[];
  /** The point that is the query itself, which its own mark stands for; −1 for none. */
  readonly queryPoint: number;
}

let textMeasure: TextMeasure | undefined;
let last: MapLayout | undefined;

/** Computes the layout, or gives back the last one when nothing that it depends on has changed. */
export function layoutMap(answer: AnswerView, map: MapView, state: InspectorState): MapLayout {
  const { selected, mapWidth, mapHeight } = state;
  if (
    last?.answer === answer &&
    last.selected === selected &&
    last.geometry.width === mapWidth &&
    last.geometry.height === mapHeight
  ) {
    return last;
  }
  textMeasure ??= new TextMeasure();
  textMeasure.useCurrentFont();
  const geometry = mapGeometry(map, mapWidth, mapHeight);
  const queryPoint = answer.neighbors.findIndex(({ token }) => state.isSearched(token));
  const tokens = answer.neighbors.map(({ token }) => token);
  const labels = mapLabels(geometry, queryLabel(state), tokens, selected, textMeasure.measure, queryPoint);
  last = { answer, selected, geometry, labels, queryPoint };
  return last;
}

/** What the mark of the query is called: its token, or for an average what was typed. */
function queryLabel(state: InspectorState): Pick<TokenView, 'label'> | undefined {
  const query = state.snapshot?.query;
  const [only, ...others] = searchedTokens(query);
  if (only && others.length === 0 && !query?.formula) {
    return only;
  }
  return query && { label: { segments: [{ kind: 'text', text: query.text.replace(/\s+/g, ' ') }] } };
}
