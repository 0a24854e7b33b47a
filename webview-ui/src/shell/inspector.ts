import { render } from 'lit/html.js';
import type { PanelArrangement } from '../../../src/protocol/panelArrangement';
import type { PanelRequest } from '../../../src/protocol/panelMessages';
import type { InspectorActions } from '../inspectorActions';
import { inspectorPanel } from '../inspectorPanel';
import { InspectorState } from '../inspectorState';
import { exportDrawing } from '../neighbors/exportDrawing';
import type { PlotName } from '../neighbors/plotName';
import { performNeighborAction } from '../neighbors/neighborMenu';
import { NeighborRequests } from '../neighbors/neighborRequests';
import { SelectionInView } from '../neighbors/selectionInView';
import { PlaceRequests } from '../neighbors/placeRequests';
import { RowCopy } from '../neighbors/rowCopy';
import { QueryTyping } from '../query/queryTyping';
import { VocabularyMap } from '../vocabularyMap/vocabularyMap';
import { HostConnection, type UnaskedMessage, type VsCodeApi } from './hostConnection';
import { mainPart, PageFocus, type FocusTarget } from './pageFocus';
import { PageSizes } from './pageSizes';
import { PanelRequests } from './panelRequests';
import { pressShortcut } from './shortcuts';

/** Connects state, page and host: the only part that touches focus and scrolling. */
export class Inspector implements InspectorActions {
  private readonly state = new InspectorState();
  private readonly host: HostConnection;
  private readonly requests: PanelRequests;
  private readonly pageFocus: PageFocus;
  private readonly sizes: PageSizes;
  private readonly places: PlaceRequests;
  private readonly typing: QueryTyping;
  private readonly copying: RowCopy;
  private readonly neighbors: NeighborRequests;
  readonly map: VocabularyMap;
  private readonly selection = new SelectionInView(this.state);
  private isRenderPlanned = false;

  constructor(
    private readonly root: HTMLElement,
    api: VsCodeApi,
  ) {
    this.host = new HostConnection(
      api,
      (message) => this.receive(message),
      () => this.requests.refuse('The panel got a message that it cannot read. Reload the window.'),
    );
    this.requests = new PanelRequests(
      this.state,
      (request) => this.host.request(request),
      () => this.redraw(),
      () => this.map.viewChosen(),
    );
    this.pageFocus = new PageFocus(
      root,
      () => (this.state.isEmpty ? 'query' : mainPart(this.state.view)),
      () => this.redraw(),
    );
    this.sizes = new PageSizes(root, this.state, () => this.redraw());
    this.places = new PlaceRequests(this.state, (id) => {
      void this.host.request({ type: 'placeUnderMetrics', id });
    });
    this.typing = new QueryTyping(
      this.state,
      (request) => this.requests.perform(request),
      (request) => this.host.request(request),
      () => this.redraw(),
    );
    this.copying = new RowCopy(this.state, this, (request) => this.requests.perform(request));
    this.neighbors = new NeighborRequests(this.state, this);
    this.map = new VocabularyMap(this.state, {
      send: (request) => this.send(request),
      redraw: () => this.redraw(),
      announce: (text) => this.announce(text),
      ask: (request) => this.host.request(request),
      focus: (target) => this.focus(target),
    });
    document.addEventListener('keydown', (event) => this.press(event));
    document.addEventListener('pointerdown', (event) => this.point(event), true);
    this.render();
    this.send({ type: 'ready' });
  }

  send(request: PanelRequest): void {
    this.requests.send(request);
  }

  /** Several changes at once are drawn once. */
  redraw(): void {
    if (!this.isRenderPlanned) {
      this.isRenderPlanned = true;
      queueMicrotask(() => this.render());
    }
  }

  search(text: string): void {
    this.typing.search(text);
  }

  typeQuery(text: string, cursor: number): void {
    this.pageFocus.stayHere();
    this.typing.type(text, cursor);
  }

  suggestQueries(): void {
    this.typing.suggest();
  }

  resetQuery(): void {
    this.typing.reset();
  }

  takeCompletion(index: number): void {
    const cursor = this.typing.take(index);
    if (cursor !== undefined) {
      this.render();
      this.root.querySelector<HTMLInputElement>('.field input')?.setSelectionRange(cursor, cursor);
    }
  }

  select(index: number): void {
    this.state.select(index);
    this.showRow(this.state.selectedRow);
  }

  showRow(row: number): void {
    this.render();
    const list = this.root.querySelector('.list');
    if (list) {
      this.selection.reveal(list, row);
      this.scrollList(list.scrollTop);
    }
  }

  openGroup(index: number, isOpen: boolean): void {
    this.state.openGroup(index, isOpen);
    this.redraw();
  }

  walk(index: number): void {
    this.neighbors.walk(index);
  }

  openInspector(index: number): void {
    this.neighbors.openInspector(index);
  }

  compareSelected(): void {
    this.neighbors.compareSelected();
  }

  openSelected(): void {
    this.neighbors.openSelected();
  }

  leaveOut(index: number): void {
    this.neighbors.leaveOut(index);
  }

  hover(index: number | undefined, on: 'list' | 'map'): void {
    if (index !== this.state.hovered || on !== this.state.hoveredOn) {
      this.state.hovered = index;
      this.state.hoveredOn = on;
      this.redraw();
    }
  }

  copyRow(): void {
    this.copying.copyRow();
  }

  copyToken(part: 'text' | 'id'): void {
    this.copying.copyToken(part);
  }

  arrange(chosen: PanelArrangement): void {
    this.requests.arrange(chosen);
  }

  toggleTable(plot: PlotName): void {
    const { tables } = this.state;
    if (!tables.delete(plot)) {
      tables.add(plot);
    }
    this.state.hovered = undefined;
    this.render();
  }

  exportPlot(plot: PlotName, format: 'svg' | 'png'): void {
    exportDrawing(this.root, plot, format, this);
  }

  verify(): void {
    this.requests.verify();
  }

  dismissRefusal(): void {
    this.requests.dismissRefusal();
  }

  scrollList(scrollTop: number): void {
    if (scrollTop !== this.state.scrollTop) {
      this.state.scrollTop = scrollTop;
      this.redraw();
    }
  }

  announce(text: string): void {
    this.state.announcement = text;
    this.redraw();
  }

  focusList(): void {
    this.focus('list');
  }

  focus(target: FocusTarget): void {
    this.pageFocus.want(target);
    this.redraw();
  }

  private receive(message: UnaskedMessage): void {
    if (message.type === 'act') {
      performNeighborAction(message.action, message.id, this.state, this);
    } else if (message.type === 'focus') {
      this.pageFocus.want(message.target);
    } else if (message.type === 'snapshot') {
      const shown = this.state.show(message.snapshot, message.memento);
      if (shown === 'stale') {
        return;
      }
      this.host.remember(message.memento);
      if (shown === 'newList') {
        this.state.scrollTop = 0;
        this.root.querySelector('.list')?.scrollTo({ top: 0 });
        this.pageFocus.receive();
      }
      this.map.snapshotShown();
    } else {
      this.map.receive(message);
    }
    this.render();
  }

  private press(event: KeyboardEvent): void {
    const { popup } = this.state;
    if (event.key === 'Tab') {
      this.pageFocus.stayHere();
    }
    if (event.defaultPrevented) {
      return;
    }
    if (event.key === 'Escape' && popup) {
      this.state.popup = undefined;
      this.pageFocus.want(popup);
      this.render();
    } else if (!pressShortcut(event, this.state, this)) {
      return;
    }
    event.preventDefault();
    // The window would hand the key on to the workbench, which would go back in the editor's history.
    event.stopPropagation();
  }

  private point(event: PointerEvent): void {
    this.pageFocus.stayHere();
    const { target } = event;
    if (this.state.popup && !(target instanceof Element && target.closest('.popup-anchor'))) {
      this.state.popup = undefined;
      this.redraw();
    }
  }

  private render(): void {
    this.isRenderPlanned = false;
    const holder = this.pageFocus.holder;
    render(inspectorPanel(this.state, this), this.root);
    this.sizes.update();
    this.selection.update(this.root.querySelector('.list'));
    this.pageFocus.restore(holder);
    this.places.update();
  }
}
