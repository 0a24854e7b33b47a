import { html, type TemplateResult } from 'lit/html.js';
import { comparisonExports } from '../compare/compareExports';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import type { PlotName } from '../neighbors/plotName';
import { menuButton, opens, type MenuItem } from '../menu';
import { savePlot, type PlotExport } from '../plots/drawingControls';
import { tokenPlots } from '../token/tokenPlots';

const FORMATS = [
  { format: 'csv', name: 'CSV' },
  { format: 'json', name: 'JSON' },
  { format: 'markdown', name: 'Markdown' },
] as const;

/** Saves or copies what the view shows. Where the panel is narrow it is the … menu, with what has no room above. */
export function exportMenu(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot } = state;
  const goForward: MenuItem = {
    label: 'Forward',
    narrowOnly: true,
    begins: true,
    isDisabled: !snapshot?.canGoForward,
    choose: () => actions.send({ type: 'forward' }),
  };
  return menuButton(
    {
      name: 'export',
      label: 'Export and more',
      button: html`<span class="wide">${icon('exportArrow')}${opens()}</span
        ><span class="narrow">${icon('ellipsis')}</span>`,
      items: [...viewItems(state, actions), goForward],
    },
    state,
    actions,
  );
}

function viewItems(state: InspectorState, actions: InspectorActions): MenuItem[] {
  switch (state.view) {
    case 'neighbors':
      return [...listItems(state, actions), ...plotItems(state, actions)];
    case 'compare':
      return comparisonItems(state, actions);
    case 'map':
      return mapItems(state, actions);
    case 'token': {
      const plots = tokenPlots(state.snapshot?.tokenPage);
      return plots.length === 0 ? [nothingToSave] : plots.flatMap((plot) => saveItems(plot, actions));
    }
  }
}

function mapItems({ vocabularyMap: map }: InspectorState, actions: InspectorActions): MenuItem[] {
  const isDisabled = !map.positions;
  const ids = map.area && Array.from(map.area.ids);
  return [
    ...(['svg', 'png'] as const).map((format): MenuItem => ({
      label: `Save Map as ${format.toUpperCase()}…`,
      isDisabled,
      choose: () => actions.map.exportPicture(format),
    })),
    {
      label: 'Save Positions as CSV…',
      begins: true,
      isDisabled,
      choose: () => actions.send({ type: 'exportMap' }),
    },
    {
      label: 'Save Tokens in the Area as CSV…',
      isDisabled: !ids,
      choose: () => {
        if (ids) {
          actions.send({ type: 'exportMapList', to: 'file', ids });
        }
      },
    },
  ];
}

/** A menu is never empty. */
const nothingToSave: MenuItem = { label: 'Nothing to Save Yet', isDisabled: true, choose: () => undefined };

function comparisonItems(state: InspectorState, actions: InspectorActions): MenuItem[] {
  const exports = comparisonExports(state);
  if (!exports) {
    return [nothingToSave];
  }
  const { table, request, plot } = exports;
  return [
    { label: `Save ${inTitle(table)} as CSV…`, choose: () => actions.send(request('file')) },
    { label: `Copy ${inTitle(table)} as CSV`, choose: () => actions.send(request('clipboard')) },
    ...saveItems(plot, actions, true),
  ];
}

function saveItems(plot: PlotExport, actions: InspectorActions, begins = false): MenuItem[] {
  return (['svg', 'png'] as const).map((format) => ({
    label: `Save ${inTitle(plot.what)} as ${format.toUpperCase()}…`,
    begins: begins && format === 'svg',
    choose: () => savePlot(plot, format, actions),
  }));
}

/** `merge tree` as `Merge Tree`. */
function inTitle(words: string): string {
  return words.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function listItems(state: InspectorState, actions: InspectorActions): MenuItem[] {
  const isDisabled = state.neighbors.length === 0;
  const of = (to: 'file' | 'clipboard', verb: string) =>
    FORMATS.map(({ format, name }, index): MenuItem => ({
      label: `${verb} List as ${name}${to === 'file' ? '…' : ''}`,
      begins: index === 0 && to === 'clipboard',
      isDisabled,
      choose: () => actions.send({ type: 'exportList', format, to }),
    }));
  return [
    ...of('file', 'Save'),
    ...of('clipboard', 'Copy'),
    {
      label: 'Save Embeddings for the TensorFlow Projector…',
      begins: true,
      isDisabled,
      choose: () => actions.send({ type: 'exportEmbeddings' }),
    },
  ];
}

function plotItems(state: InspectorState, actions: InspectorActions): MenuItem[] {
  const { answer } = state;
  const plots: readonly { readonly plot: PlotName; readonly name: string; readonly isThere: boolean }[] = [
    { plot: 'map', name: 'Neighborhood', isThere: answer?.map !== undefined },
    { plot: 'distribution', name: 'Histogram', isThere: answer?.distribution !== undefined },
  ];
  return plots.flatMap(({ plot, name, isThere }) =>
    (['svg', 'png'] as const).map((format): MenuItem => ({
      label: `Save ${name} as ${format.toUpperCase()}…`,
      begins: plot === 'map' && format === 'svg',
      isDisabled: !isThere || state.tables.has(plot) || !state.arrangement.isOpen(plot),
      choose: () => actions.exportPlot(plot, format),
    })),
  );
}
