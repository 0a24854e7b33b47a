import type * as vscode from 'vscode';
import type { FromWebview, HostFocusTarget, ToWebview } from '../../protocol/panelMessages';
import { parseFromWebview } from '../../protocol/parseFromWebview';
import { isCancellation } from '../isCancellation';
import { messageOf } from './panelContext';

/** Messages to and from the page of one inspector. Every message that carries a number is answered, whatever becomes of it. */
export class PanelConnection implements vscode.Disposable {
  private readonly listener: vscode.Disposable;
  private isDisposed = false;
  private pageIsThere = false;
  private pendingFocus: HostFocusTarget | undefined;

  /** @param perform Does what the page asks; a failure becomes the answer, and a cancellation is none. */
  constructor(
    private readonly webview: vscode.Webview,
    private readonly perform: (request: FromWebview) => Promise<void>,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listener = webview.onDidReceiveMessage((message: unknown) => void this.receive(message));
  }

  /** Whether a page is there and has asked for a snapshot: before, there is nobody to send to. */
  get isPageReady(): boolean {
    return this.pageIsThere;
  }

  /**
   * VS Code throws the page away while its panel is hidden. What is sent meanwhile goes to the next page, which need not hear it: it is
   * posted 200 ms after that page began to load, whether its script runs by then or not. So nothing is, until the next page says that
   * it is ready.
   */
  losePage(): void {
    this.pageIsThere = false;
  }

  send(message: ToWebview): void {
    if (!this.isDisposed) {
      void this.webview.postMessage(message);
    }
  }

  /** Puts the keyboard focus into the page as soon as it is there. */
  focus(target: HostFocusTarget): void {
    this.pendingFocus = target;
    this.sendFocus();
  }

  dispose(): void {
    this.listener.dispose();
    this.isDisposed = true;
  }

  private async receive(message: unknown): Promise<void> {
    const parsed = parseFromWebview(message);
    if (!parsed) {
      this.log.warn('The inspector sent a message that is none.');
      return;
    }
    if ('rejected' in parsed) {
      this.refuse(parsed.rejected, 'Not a request of the inspector.');
      return;
    }
    try {
      if (parsed.type === 'ready') {
        this.pageIsThere = true;
      }
      await this.perform(parsed);
      this.sendFocus();
      this.send({ type: 'answer', to: parsed.request, ok: true });
    } catch (error) {
      if (isCancellation(error)) {
        // What was asked for is not wanted any more: there is nothing to tell, but that it is over.
        this.send({ type: 'answer', to: parsed.request, ok: true });
        return;
      }
      this.log.error(error instanceof Error ? error : String(error));
      this.refuse(parsed.request, messageOf(error));
    }
  }

  private refuse(to: number, message: string): void {
    this.send({ type: 'answer', to, ok: false, message });
  }

  private sendFocus(): void {
    if (this.pageIsThere && this.pendingFocus) {
      this.send({ type: 'focus', target: this.pendingFocus });
      this.pendingFocus = undefined;
    }
  }
}
