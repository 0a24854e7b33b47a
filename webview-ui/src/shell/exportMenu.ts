import { html, type TemplateResult } from 'lit/html.js';
import { icon } from '../icon';
import type { InspectorActions } from '../inspectorActions';
import type { InspectorState } from '../inspectorState';
import type { PlotName } from '../neighbors/plotName';
import { menuButton, opens, type MenuItem } from '../menu';

const FORMATS = [
  { format: 'csv', name: 'CSV' },
  { format: 'json', name: 'JSON' },
  { format: 'markdown', name: 'Markdown' },
] as const;

/** Saves or copies the list and its drawings. Where the panel is narrow it is the … menu, with what has no room above. */
export function exportMenu(state: InspectorState, actions: InspectorActions): TemplateResult {
  const { snapshot } = state;
  const goForward: MenuItem = {
    label: 'Forward',
    narrowOnly: true,
    isDisabled: !snapshot?.canGoForward,
    choose: () => actions.send({ type: 'forward' }),
  };
  return menuButton(
    {
      name: 'export',
      label: 'Export and more',
      button: html`<span class="wide">${icon('exportArrow')}${opens()}</span
        ><span class="narrow">${icon('ellipsis')}</span>`,
      items: [goForward, ...listItems(state, actions), ...plotItems(state, actions)],
    },
    state,
    actions,
  );
}

function listItems(state: InspectorState, actions: InspectorActions): MenuItem[] {
  const isDisabled = state.neighbors.length === 0;
  const of = (to: 'file' | 'clipboard', verb: string) =>
    FORMATS.map(({ format, name }, index): MenuItem => ({
      label: `${verb} List as ${name}${to === 'file' ? '…' : ''}`,
      begins: index === 0,
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
      isDisabled:
        !isThere || state.view !== 'neighbors' || state.tables.has(plot) || !state.isSectionOpen(plot),
      choose: () => actions.exportPlot(plot, format),
    })),
  );
}
