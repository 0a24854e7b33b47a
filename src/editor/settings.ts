import * as vscode from 'vscode';
import { MAX_NEIGHBORS } from '../protocol/panelMessages';
import type { FormKind } from '../protocol/queryView';

/** The only reader of settings. Values are checked: settings files are written by hand. */
export class Settings implements vscode.Disposable {
  private readonly changes = new vscode.EventEmitter<vscode.ConfigurationChangeEvent>();
  private readonly listener = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('tokenscope')) {
      this.changes.fire(event);
    }
  });

  /**
   * Checkpoint file or folder, `hf:owner/name` or `hf:owner/name@revision` for a model of the hub, `sample` for the sample vectors;
   * empty: GPT-2.
   */
  get model(): string {
    return this.string('model').trim();
  }

  /** Overrides the search for the embedding tensor; empty: search. */
  get embeddingTensor(): string {
    return this.string('embeddingTensor').trim();
  }

  /** Address of the hub or a mirror; empty: `HF_ENDPOINT`, else the hub itself. */
  get hubEndpoint(): string {
    return this.string('hubEndpoint').trim();
  }

  get hoverEnabled(): boolean {
    return this.read('hover.enabled') !== false;
  }

  /** Neighbors asked for, 1 … 1000. */
  get neighborCount(): number {
    const value = this.read('neighbors.count');
    return typeof value === 'number' && Number.isFinite(value)
      ? Math.min(MAX_NEIGHBORS, Math.max(1, Math.round(value)))
      : 20;
  }

  /** Which form of a word Find Semantic Neighbors starts with. */
  get form(): FormKind {
    const value = this.read('neighbors.form');
    return value === 'leadingSpace' || value === 'inDocument' ? value : 'bare';
  }

  /** Whether the neighbor graph of a model is built without being asked for. */
  get buildsGraphs(): boolean {
    return this.read('neighborGraph') !== 'onDemand';
  }

  /** Idle minutes after which the matrix is released; 0: never. */
  get releaseAfterMinutes(): number {
    const value = this.read('releaseAfterMinutes');
    return typeof value === 'number' && value >= 0 ? Math.min(value, 24 * 60) : 10;
  }

  /** Calls back when one of these settings changes. */
  onDidChange(names: readonly string[], listener: () => void): vscode.Disposable {
    return this.changes.event((event) => {
      if (names.some((name) => event.affectsConfiguration(`tokenscope.${name}`))) {
        listener();
      }
    });
  }

  /** Remembers a model: for the workspace where that has one of its own, else for this user. */
  async setModel(value: string): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('tokenscope');
    // A workspace's own value would hide the user's: then it is the workspace's that is changed.
    const inWorkspace = configuration.inspect('model')?.workspaceValue !== undefined;
    await configuration.update(
      'model',
      value === '' && !inWorkspace ? undefined : value,
      inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }

  dispose(): void {
    this.listener.dispose();
    this.changes.dispose();
  }

  private read(name: string): unknown {
    return vscode.workspace.getConfiguration('tokenscope').get(name);
  }

  private string(name: string): string {
    const value = this.read(name);
    return typeof value === 'string' ? value : '';
  }
}
