import { render } from 'lit/html.js';
import type { PanelRequest } from '../../src/protocol/panelMessages';
import { HostConnection, type VsCodeApi } from './hostConnection';
import type { InspectorActions } from './inspectorActions';
import { inspectorPanel } from './inspectorPanel';
import { InspectorState } from './inspectorState';
import { scrollToShow } from './listWindow';
import { listAsText, rowAsText } from './textExport';

declare function acquireVsCodeApi(): VsCodeApi;

/** How long a copy button shows that it has copied. */
const COPIED_MILLISECONDS = 1_500;

const FOCUS_TARGETS = { list: '.list', query: '.field input', map: '.map, .map-table' };

/** After these the field shows the new query, whatever was being typed. */
const ASKS_ANOTHER_QUESTION: ReadonlySet<PanelRequest['type']> = new Set([
  'walk',
  'back',
  'forward',
  'chooseForm',
  'chooseVector',
]);

/** Connects state, page and host: the only part that touches focus, scrolling and sizes. */
class Inspector implements InspectorActions {
  private readonly state = new InspectorState();
  private readonly host: HostConnection;
  private readonly sizes = new ResizeObserver((entries) => this.takeSizes(entries));
  private shownList: Element | null = null;
  private shownMap: Element | null = null;
  private isRenderPlanned = false;
  private pendingFocus: 'list' | 'query' | 'map' | undefined;
  private copiedTimer: number | undefined;

  constructor(
    private readonly root: HTMLElement,
    api: VsCodeApi,
  ) {
    this.host = new HostConnection(
      api,
      (message) => {
        if (message.type === 'focus') {
          this.pendingFocus = message.target;
        } else {
          const shown = this.state.show(message.snapshot);
          if (shown === 'stale') {
            return;
          }
          this.host.remember(message.memento);
          if (shown === 'newList') {
            this.state.scrollTop = 0;
            this.shownList?.scrollTo({ top: 0 });
          }
        }
        this.render();
      },
      () => this.refuse('The panel got a message that it cannot read. Reload the window.'),
    );
    document.addEventListener('keydown', (event) => this.pressAnywhere(event));
    document.addEventListener('pointerdown', () => this.stayHere(), true);
    window.addEventListener('blur', () => this.stayHere());
    this.render();
    this.send({ type: 'ready' });
  }

  send(request: PanelRequest): void {
    if (ASKS_ANOTHER_QUESTION.has(request.type)) {
      this.state.draft = undefined;
    }
    void this.sendQuietly(request);
  }

  search(text: string): void {
    if (text.trim() === '') {
      return;
    }
    this.state.sendDraft(text);
    this.planRender();
    void this.sendQuietly({ type: 'search', text }).then((isDone) => {
      if (isDone) {
        this.state.answerDraft();
        this.planRender();
      }
    });
  }

  typeQuery(text: string): void {
    this.state.draft = { text };
    this.stayHere();
    this.planRender();
  }

  resetQuery(): void {
    this.state.draft = undefined;
    this.planRender();
  }

  select(index: number): void {
    this.state.selected = index;
    this.render();
    const list = this.root.querySelector('.list');
    if (list) {
      list.scrollTop = scrollToShow(index, list.scrollTop, list.clientHeight);
      this.scrollList(list.scrollTop);
    }
  }

  walk(index: number): void {
    const neighbor = this.state.neighbors[index];
    if (neighbor && this.state.canWalkTo(neighbor.token)) {
      this.send({ type: 'walk', id: neighbor.token.id });
    }
  }

  hover(index: number | undefined, on: 'list' | 'map'): void {
    if (index !== this.state.hovered || on !== this.state.hoveredOn) {
      this.state.hovered = index;
      this.state.hoveredOn = on;
      this.planRender();
    }
  }

  copyRow(): void {
    const { selectedNeighbor, answer } = this.state;
    if (selectedNeighbor && answer) {
      this.copy(rowAsText(selectedNeighbor, answer), 'row', `Copied ${selectedNeighbor.token.spoken}`);
    }
  }

  copyList(): void {
    const { answer, snapshot } = this.state;
    if (answer) {
      this.copy(listAsText(answer, snapshot?.query), 'list', `Copied ${answer.neighbors.length} neighbors`);
    }
  }

  toggleTable(): void {
    this.state.showsTable = !this.state.showsTable;
    this.state.hovered = undefined;
    this.render();
  }

  dismissRefusal(): void {
    this.state.refusal = undefined;
    this.render();
  }

  scrollList(scrollTop: number): void {
    if (scrollTop !== this.state.scrollTop) {
      this.state.scrollTop = scrollTop;
      this.planRender();
    }
  }

  announce(text: string): void {
    this.state.announcement = text;
    this.planRender();
  }

  focusList(): void {
    this.pendingFocus = 'list';
    this.planRender();
  }

  /** @returns whether the host did what was asked */
  private async sendQuietly(request: PanelRequest): Promise<boolean> {
    const result = await this.host.request(request);
    if (!result.ok) {
      this.refuse(result.message);
    } else if (request.type !== 'ready' && this.state.refusal !== undefined) {
      this.dismissRefusal();
    }
    return result.ok;
  }

  private refuse(reason: string): void {
    this.state.refusal = reason;
    this.render();
  }

  private copy(text: string, what: 'row' | 'list', announcement: string): void {
    void this.sendQuietly({ type: 'copy', text }).then((isDone) => {
      if (isDone) {
        this.state.copied = what;
        this.announce(announcement);
        window.clearTimeout(this.copiedTimer);
        this.copiedTimer = window.setTimeout(() => {
          this.state.copied = undefined;
          this.planRender();
        }, COPIED_MILLISECONDS);
      }
    });
  }

  /** The user is busy elsewhere: a list that comes minutes later, after a download, must not take the focus from there. */
  private stayHere(): void {
    this.pendingFocus = undefined;
  }

  private pressAnywhere(event: KeyboardEvent): void {
    if (event.key === 'Tab') {
      this.stayHere();
    }
    const isInField = event.target instanceof HTMLInputElement && event.target.type === 'text';
    const { snapshot } = this.state;
    if (event.altKey && !event.ctrlKey && !event.metaKey && isHistoryKey(event.key)) {
      // On a Mac these keys move by words inside a text field.
      if (isInField && navigator.userAgent.includes('Mac')) {
        return;
      }
      const canGo = event.key === 'ArrowLeft' ? snapshot?.canGoBack : snapshot?.canGoForward;
      if (canGo) {
        this.send({ type: event.key === 'ArrowLeft' ? 'back' : 'forward' });
      }
    } else if (isInField || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === '/') {
      this.pendingFocus = 'query';
      this.planRender();
    } else if (event.key.toLowerCase() === 't' && isInResults(event.target)) {
      this.toggleTable();
    } else {
      return;
    }
    event.preventDefault();
    // The window would hand the key on to the workbench, which would go back in the editor's history.
    event.stopPropagation();
  }

  private takeSizes(entries: readonly ResizeObserverEntry[]): void {
    for (const { target } of entries) {
      if (target.classList.contains('list')) {
        this.state.listHeight = target.clientHeight;
        this.state.scrollBarWidth =
          target instanceof HTMLElement ? target.offsetWidth - target.clientWidth : 0;
      } else if (target.classList.contains('map')) {
        this.state.mapWidth = target.clientWidth;
        this.state.mapHeight = target.clientHeight;
      }
    }
    this.planRender();
  }

  /** Several changes at once are drawn once. */
  private planRender(): void {
    if (!this.isRenderPlanned) {
      this.isRenderPlanned = true;
      queueMicrotask(() => this.render());
    }
  }

  private render(): void {
    this.isRenderPlanned = false;
    const focused = document.activeElement;
    const hadFocus = focused !== null && this.root.contains(focused);
    render(inspectorPanel(this.state, this), this.root);
    this.shownList = this.observe('.list', this.shownList);
    this.shownMap = this.observe('.map', this.shownMap);
    // What had the focus may have gone (an example, a list while its successor is computed).
    if (hadFocus && !focused.isConnected) {
      this.pendingFocus ??= focused.matches('.map, .map-table') ? 'map' : 'list';
    }
    this.moveFocus();
  }

  /** Watches the size of the element that is drawn now, and puts a list that was drawn anew where it was. */
  private observe(selector: string, before: Element | null): Element | null {
    const element = this.root.querySelector(selector);
    if (element !== before) {
      if (before) {
        this.sizes.unobserve(before);
      }
      if (element) {
        this.sizes.observe(element);
        element.scrollTop = this.state.scrollTop;
      }
    }
    return element;
  }

  private moveFocus(): void {
    const target =
      this.pendingFocus && this.root.querySelector<HTMLElement>(FOCUS_TARGETS[this.pendingFocus]);
    if (target) {
      this.pendingFocus = undefined;
      target.focus();
      if (target instanceof HTMLInputElement) {
        target.select();
      }
    }
  }
}

function isHistoryKey(key: string): boolean {
  return key === 'ArrowLeft' || key === 'ArrowRight';
}

function isInResults(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.results') !== null;
}

const root = document.getElementById('inspector');
if (!root) {
  throw new Error('The page has no element for the inspector.');
}
new Inspector(root, acquireVsCodeApi());
