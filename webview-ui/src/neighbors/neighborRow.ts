import { averageTick } from './averageMark';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { AnswerView, NeighborView } from '../../../src/protocol/answerView';
import type { Metric } from '../../../src/protocol/metric';
import { icon } from '../icon';
import type { InspectorState } from '../inspectorState';
import { formatScore, METRIC_WORDS } from '../metrics';
import { formatNorm, formatShortCount } from '../numbers';
import { place } from '../place';
import { spokenTokenText } from '../tokenText';
import type { BarScale } from './barScale';
import type { ListRow } from './foldedRows';
import { ROW_HEIGHT } from './listWindow';
import { rowsAreWords } from '../rowNames';

interface DrawnRow {
  readonly neighbor: NeighborView;
  readonly listRow: ListRow;
  /** Counted from 0. */
  readonly row: number;
  readonly answer: AnswerView;
  readonly scale: BarScale;
  readonly state: InspectorState;
}

export function rowId(row: number): string {
  return `neighbor-${row}`;
}

/** A row's name for screen readers is its content, as in `2 space Mike cosine 0.857 id 4995`. */
export function neighborRow({ neighbor, listRow, row, answer, scale, state }: DrawnRow): TemplateResult {
  const { rank, token, score, norm } = neighbor;
  const isSelected = row === state.selectedRow;
  const { metric, previousMetric } = answer;
  return html`<div
    class=${classMap({
      row: true,
      child: listRow.level === 2,
      selected: isSelected,
      hovered: listRow.index === state.hovered,
    })}
    id=${rowId(row)}
    role="row"
    aria-level=${listRow.level}
    aria-rowindex=${row + 1}
    aria-posinset=${listRow.position}
    aria-setsize=${listRow.setSize}
    aria-expanded=${listRow.others > 0 ? listRow.isOpen : nothing}
    aria-selected=${isSelected}
    data-row=${row}
    ${place({ top: `${row * ROW_HEIGHT}px` })}
  >
    <span class="twistie" role="presentation"
      >${listRow.others > 0 ? icon(listRow.isOpen ? 'chevronDown' : 'chevronRight') : nothing}</span
    >
    <span class="number rank" role="gridcell">${rank}</span>
    ${previousMetric === undefined ? nothing : rankChange(neighbor, previousMetric)}
    <span class="name" role="gridcell">${spokenTokenText(token)}${note(neighbor, listRow)}</span>
    <span class="similarity bar-track ${scale.isCut(score) ? 'cut' : ''}" role="presentation">
      <i class="similarity-bar" ${place({ width: scale.length(score) })}></i>
      ${scale.average === undefined ? nothing : averageTick(scale.average)}
    </span>
    <span class="number score" role="gridcell"
      ><span class="spoken-only">${METRIC_WORDS[metric].short} </span>${formatScore(score)}</span
    >
    <span class="number norm" role="gridcell"><span class="spoken-only">norm </span>${formatNorm(norm)}</span>
    <span class="number id" role="gridcell"
      ><span class="spoken-only">${rowsAreWords() ? 'row' : 'id'} </span>${token.id}</span
    >
  </div>`;
}

/** `query · 2 forms`, `+1 form`, `with space` */
function note({ token, isQuery }: NeighborView, { others, level }: ListRow): TemplateResult | typeof nothing {
  const parts: TemplateResult[] = [];
  if (isQuery) {
    parts.push(html`query`);
  }
  if (others > 0) {
    const count = isQuery ? String(others + 1) : `+${others}`;
    parts.push(html`${count}<span class="wide"> ${count === '+1' ? 'form' : 'forms'}</span>`);
  }
  if (level === 2 && token.label.segments[0]?.kind === 'space') {
    parts.push(html`<span class="wide">with space</span>`);
  }
  return parts.length === 0
    ? nothing
    : html`<span class="note">${parts.map((part, index) => html`${index > 0 ? ' · ' : ''}${part}`)}</span>`;
}

/** How many ranks a neighbor went up or down since the metric before; nothing where its rank there was not asked for. */
function rankChange({ rank, previousRank }: NeighborView, previousMetric: Metric): TemplateResult {
  const { drawn, spoken } = changeWords(rank, previousRank, METRIC_WORDS[previousMetric].inText);
  return html`<span class="change" role="gridcell" title=${spoken}
    ><span aria-hidden="true">${drawn}</span><span class="spoken-only">${spoken}</span></span
  >`;
}

function changeWords(
  rank: number,
  previousRank: number | undefined,
  metric: string,
): { readonly drawn: string; readonly spoken: string } {
  if (previousRank === undefined) {
    return { drawn: '', spoken: '' };
  }
  const change = previousRank - rank;
  if (change === 0) {
    return { drawn: '=', spoken: `same rank by ${metric}` };
  }
  const steps = Math.abs(change);
  return change > 0
    ? { drawn: `▲${formatShortCount(steps)}`, spoken: `up ${steps} from rank ${previousRank} by ${metric}` }
    : {
        drawn: `▼${formatShortCount(steps)}`,
        spoken: `down ${steps} from rank ${previousRank} by ${metric}`,
      };
}
