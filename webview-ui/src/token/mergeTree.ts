import { html, type TemplateResult } from 'lit/html.js';
import { classMap } from 'lit/directives/class-map.js';
import type { ModelView } from '../../../src/protocol/embeddingsView';
import type { MergeTreeView } from '../../../src/protocol/tokenPageView';
import type { TokenView } from '../../../src/protocol/tokenView';
import { place } from '../place';
import { exportButtons, partHead } from '../plots/drawingControls';
import type { ViewActions } from '../plots/viewActions';
import { spokenTokenText } from '../tokenText';
import { mergeTreeExport } from './mergeTreeFigure';
import { boxForKey, layoutMergeTree, type MergeBox, type MergeTreeLayout } from './mergeTreeLayout';
import type { TokenPageState } from './tokenPageState';

/** How merges made the token: boxes as wide as their bytes, bytes on top, the token at the bottom. */
export function mergeTree(
  token: TokenView,
  merges: MergeTreeView,
  model: ModelView | undefined,
  state: TokenPageState,
  actions: ViewActions,
): TemplateResult {
  const layout = layoutMergeTree(merges);
  const chosen = state.node ?? layout.boxes.findIndex(({ parent }) => parent === undefined);
  const count = merges.steps.length;
  return html`<section class="merge-tree" aria-labelledby="tree-title">
    ${partHead(
      'tree-title',
      'Merge tree',
      `${layout.columns} bytes, ${count === 1 ? '1 merge' : `${count} merges`}, numbers are token ids`,
      exportButtons(mergeTreeExport(token, layout, model), actions),
    )}
    <div class="tree-scroll">
      <div
        class="tree-boxes"
        role="group"
        aria-label=${treeSentence(token, merges, layout)}
        ${place({
          'grid-template-columns': `repeat(${layout.columns}, minmax(22px, 1fr))`,
          'grid-template-rows': `repeat(${layout.rows}, 26px)`,
        })}
        @keydown=${(event: KeyboardEvent) => pressInTree(event, layout, chosen, state, actions)}
      >
        ${layout.boxes.map((box) => treeBox(box, box.node === chosen, state, actions))}
      </div>
    </div>
  </section>`;
}

function treeBox(
  box: MergeBox,
  isChosen: boolean,
  state: TokenPageState,
  actions: ViewActions,
): TemplateResult {
  const { token } = box.view;
  const isRoot = box.parent === undefined;
  return html`<button
    class=${classMap({ 'tree-box': true, leaf: box.top === 0, root: isRoot })}
    data-node=${box.node}
    tabindex=${isChosen ? 0 : -1}
    title="${token.plain}, token ${token.id}"
    ${place({ 'grid-column': `${box.start + 1} / ${box.end + 1}`, 'grid-row': `${box.top + 1} / ${box.bottom + 1}` })}
    @focus=${() => {
      state.node = box.node;
      actions.redraw();
    }}
    @click=${() => actions.send({ type: 'openToken', id: token.id })}
  >
    ${spokenTokenText(token)}${box.top === 0 ? '' : html`<span class="node-id">${isRoot ? `id ${token.id}` : token.id}</span>`}
  </button>`;
}

function treeSentence(token: TokenView, { steps }: MergeTreeView, { columns }: MergeTreeLayout): string {
  const last = steps.at(-1);
  const end = last ? `, the last of ${last.left.spoken} and ${last.right.spoken}` : '';
  return `${steps.length} merges make ${token.spoken} of ${columns} bytes${end}. Arrow keys go along the tree; the table of steps says the same.`;
}

function pressInTree(
  event: KeyboardEvent,
  layout: MergeTreeLayout,
  chosen: number,
  state: TokenPageState,
  actions: ViewActions,
): void {
  const from = layout.boxes[chosen];
  const { currentTarget } = event;
  if (!from || !(currentTarget instanceof Element) || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const to = boxForKey(layout, from, event.key);
  if (to) {
    state.node = to.node;
    currentTarget.querySelector<HTMLElement>(`[data-node="${to.node}"]`)?.focus();
    actions.redraw();
    event.preventDefault();
    event.stopPropagation();
  }
}
