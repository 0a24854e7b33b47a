import { html, nothing, render } from 'lit/html.js';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { PanelSnapshot } from '../../../src/protocol/panelSnapshot';
import { compareChoices, compareFields } from '../../../webview-ui/src/compare/compareHeader';
import { CompareState } from '../../../webview-ui/src/compare/compareState';
import { compareView } from '../../../webview-ui/src/compare/compareView';
import { tokenPage } from '../../../webview-ui/src/token/tokenPage';
import { TokenPageState } from '../../../webview-ui/src/token/tokenPageState';

/** The Compare view and the Token page in a page of their own, without the panel around them. Runs in the browser. */
export interface MountedViews {
  readonly requests: PanelRequest[];
  readonly announcements: string[];
  show(snapshot: PanelSnapshot, view: 'compare' | 'token'): void;
}

function mount(root: HTMLElement): MountedViews {
  const requests: PanelRequest[] = [];
  const announcements: string[] = [];
  const holder: {
    snapshot: PanelSnapshot | undefined;
    compareView: CompareState;
    tokenPage: TokenPageState;
    view: 'compare' | 'token';
  } = {
    snapshot: undefined,
    compareView: new CompareState(),
    tokenPage: new TokenPageState(),
    view: 'compare',
  };
  let isPlanned = false;
  const header = () =>
    html`<div class="bar query compared">${compareFields(holder, actions)}</div>
      <div class="bar views">${compareChoices(holder, actions)}</div>`;
  const draw = () => {
    isPlanned = false;
    const head = holder.view === 'compare' ? header() : nothing;
    const body =
      holder.view === 'compare'
        ? compareView(holder.snapshot?.compare, holder, actions)
        : tokenPage(holder.snapshot?.tokenPage, holder, actions);
    render(
      html`<div class="panel">
        <h1 class="spoken-only">Views</h1>
        ${head}
        <div class="body">${body}</div>
      </div>`,
      root,
    );
  };
  const actions = {
    send: (request: PanelRequest) => void requests.push(request),
    announce: (text: string) => void announcements.push(text),
    // As in the panel, several changes at once are drawn once.
    redraw: () => {
      if (!isPlanned) {
        isPlanned = true;
        queueMicrotask(draw);
      }
    },
  };
  return {
    requests,
    announcements,
    show(snapshot, view) {
      holder.snapshot = snapshot;
      holder.view = view;
      draw();
    },
  };
}

const root = document.getElementById('inspector');
if (!root) {
  throw new Error('The page has no element for the views.');
}
Object.assign(window, { mountedViews: mount(root) });
