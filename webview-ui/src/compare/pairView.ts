import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { CompareItemView, PairView } from '../../../src/protocol/compareView';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import { icon } from '../icon';
import { csvButton, exportButtons, tableButton } from '../plots/drawingControls';
import type { ViewActions } from '../plots/viewActions';
import { itemName, itemText, spokenItem } from './compareItem';
import { shareOfRange, type CompareState } from './compareState';
import { linePlot } from './linePlot';
import { focusIn } from './focusIn';
import { decidingDimensions, pairFacts } from './pairFacts';
import { pairVariants } from './pairVariants';
import { pairExport } from './pairFigure';
import { scatterPlot } from './scatterPlot';
import { signed } from './signedNumber';
import { valueTable } from './valueTable';

type Items = readonly [CompareItemView, CompareItemView];

/** The lesson's figure with what can be read from it: lines on top, the scatter below, numbers beside it. */
export function pairView(
  pair: PairView,
  items: Items,
  model: ModelView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  const names = [itemName(items[0]), itemName(items[1])] as const;
  const spoken = [spokenItem(items[0]), spokenItem(items[1])] as const;
  const plotted = { pair, names, spoken, state, actions };
  return html`<section class="pair-vectors" aria-labelledby="vectors-title">
      ${vectorsHead(pair, items, model, state, actions)}
      ${state.showsTable ? valueTable(pair, names, state, actions) : linePlot(plotted)}
    </section>
    <div class="pair-below">
      ${scatterPlot(plotted)}
      <div class="pair-parts">
        ${pairFacts(pair, items)} ${decidingDimensions(pair, items, state, actions)}
        ${pairVariants(pair.variants)}
      </div>
    </div>`;
}

function vectorsHead(
  pair: PairView,
  items: Items,
  model: ModelView | undefined,
  state: CompareState,
  actions: ViewActions,
): TemplateResult {
  return html`<div class="section-head">
    <h2 id="vectors-title">Vectors</h2>
    <span class="key key-a">${itemText(items[0])}</span><span class="key key-b">${itemText(items[1])}</span>
    ${brushNote(pair, state, actions)}
    <span class="grow"></span>
    ${exportButtons(pairExport(pair, items, model), actions)}
    ${csvButton('values', { type: 'exportPair', to: 'file' }, actions)}
    ${tableButton(
      'Show vectors as table',
      state.showsTable,
      () => {
        state.showsTable = !state.showsTable;
        actions.redraw();
      },
      true,
    )}
  </div>`;
}

function brushNote(
  pair: PairView,
  state: CompareState,
  actions: ViewActions,
): TemplateResult | typeof nothing {
  const { range } = state;
  return range
    ? html`<span class="brush-note"
        ><span class="quiet nowrap"
          >${range.from}–${range.to}: ${signed(shareOfRange(pair, range))} of the cosine</span
        ><button
          class="button"
          aria-label="Select no dimensions"
          title="Select no dimensions (Escape)"
          @click=${({ currentTarget }: Event) => {
            state.brush = undefined;
            actions.redraw();
            // The button goes; the keyboard goes on where the range was.
            focusIn(currentTarget, '.pair-vectors', '.probe, .table-scroll');
          }}
        >
          ${icon('close')}
        </button></span
      >`
    : nothing;
}
