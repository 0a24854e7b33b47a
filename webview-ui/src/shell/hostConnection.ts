import type {
  CompletionView,
  FromWebview,
  PanelMemento,
  PanelRequest,
  ToWebview,
} from '../../../src/protocol/panelMessages';
import { ANSWERED_BY_MAP, type MapAnswer } from '../../../src/protocol/map/mapMessages';
import { parseToWebview } from '../../../src/protocol/parseToWebview';
import { isRecord } from '../../../src/protocol/parsing';

/** What VS Code gives to a webview. */
export interface VsCodeApi {
  postMessage(message: FromWebview): void;
  setState(state: PanelMemento): void;
}

export type RequestResult =
  | {
      readonly ok: true;
      /** The answer to `complete`. */
      readonly completions?: readonly CompletionView[];
      /** The answer to a question about the map. */
      readonly map?: MapAnswer;
    }
  | { readonly ok: false; readonly message: string };

/** After this long without any word from the host a request counts as lost. Searches take milliseconds. */
const DEADLINE_MILLISECONDS = 20_000;

/** These wait for a person, a disk or a server, however slow, so they have no deadline. */
const UNLIMITED: ReadonlySet<PanelRequest['type']> = new Set([
  'chooseModel',
  'chooseFile',
  'useSample',
  'download',
  'downloadWhole',
  'retryLoading',
  'showLog',
  'exportList',
  'exportEmbeddings',
  'exportPair',
  'exportMatrix',
  'exportPlot',
  'exportMap',
  'exportMapList',
]);

interface OpenRequest {
  readonly settle: (result: RequestResult) => void;
  readonly timer: number | undefined;
  readonly type: PanelRequest['type'];
}

/** Questions: that they were dealt with says nothing yet, their answer is a message of its own. */
const ANSWERED_APART: ReadonlySet<PanelRequest['type'] | undefined> = new Set<PanelRequest['type']>([
  'complete',
  ...ANSWERED_BY_MAP,
]);

/** What the host says without being asked. */
export type UnaskedMessage = Exclude<ToWebview, { type: 'answer' | 'completions' | 'mapAnswer' }>;

/** Numbers requests, matches their answers, and parses what comes in. */
export class HostConnection {
  private lastRequest = 0;
  private messagesHeard = 0;
  private readonly open = new Map<number, OpenRequest>();

  constructor(
    private readonly api: VsCodeApi,
    private readonly receive: (message: UnaskedMessage) => void,
    private readonly receiveUnreadable: () => void,
  ) {
    window.addEventListener('message', (event: MessageEvent<unknown>) => this.hear(event.data));
  }

  /** Keeps what the host restores the panel from after the window was reloaded. */
  remember(memento: PanelMemento): void {
    this.api.setState(memento);
  }

  /** Sends a request. Always settles, and never rejects: a request may be refused, or lost with its deadline. */
  request(request: PanelRequest): Promise<RequestResult> {
    const number = ++this.lastRequest;
    return new Promise((settle) => {
      const heardBefore = this.messagesHeard;
      const timer = UNLIMITED.has(request.type)
        ? undefined
        : window.setTimeout(() => this.giveUp(number, heardBefore), DEADLINE_MILLISECONDS);
      this.open.set(number, { settle, timer, type: request.type });
      this.api.postMessage({ ...request, request: number });
    });
  }

  private giveUp(number: number, heardBefore: number): void {
    // A host that has sent something meanwhile is alive, and its snapshots say what it is doing.
    const isAlive = this.messagesHeard > heardBefore;
    this.settle(
      number,
      isAlive
        ? { ok: true }
        : { ok: false, message: 'Tokenscope does not answer. Try again, or reload the window.' },
    );
  }

  private hear(data: unknown): void {
    const message = parseToWebview(data);
    if (!message) {
      // Others may post messages to a window too; a broken snapshot can only be the host's.
      if (isRecord(data) && data.type === 'snapshot') {
        this.receiveUnreadable();
      }
      return;
    }
    this.messagesHeard++;
    if (message.type === 'completions') {
      this.settle(message.to, { ok: true, completions: message.completions });
    } else if (message.type === 'mapAnswer') {
      this.settle(message.to, { ok: true, map: message.answer });
    } else if (message.type === 'answer') {
      if (!message.ok || !ANSWERED_APART.has(this.open.get(message.to)?.type)) {
        this.settle(message.to, message.ok ? { ok: true } : { ok: false, message: message.message });
      }
    } else {
      this.receive(message);
    }
  }

  private settle(number: number, result: RequestResult): void {
    const open = this.open.get(number);
    if (open) {
      window.clearTimeout(open.timer);
      this.open.delete(number);
      open.settle(result);
    }
  }
}
