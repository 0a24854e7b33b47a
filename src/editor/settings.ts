import * as vscode from 'vscode';
import { SURPRISE_KINDS, type SurpriseKind } from '../core/surprises/surprise';
import { parseFormChoice } from '../protocol/parseChoices';
import { MAX_NEIGHBORS } from '../protocol/panelMessages';
import type { FormChoice } from '../protocol/queryView';
import { tensorNameOf, tensorNamesToTry } from './tensorNameOf';

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

  /** Name of the embedding tensor of the model that {@link model} names; empty: it is searched. */
  get embeddingTensor(): string {
    const value = this.read('embeddingTensor');
    return tensorNameOf(value, this.model);
  }

  /** Whether {@link embeddingTensor} is said of this model, and not of whatever model is chosen. */
  get isTensorOfModel(): boolean {
    const value = this.read('embeddingTensor');
    return typeof value !== 'string';
  }

  /** As {@link tensorNamesToTry} by the setting. */
  tensorNamesToTry(isModel: (key: string) => boolean): readonly (string | undefined)[] {
    return tensorNamesToTry(this.read('embeddingTensor'), isModel);
  }

  /** Address of the hub or a mirror; empty: `HF_ENDPOINT`, else the hub itself. */
  get hubEndpoint(): string {
    return this.string('hubEndpoint').trim();
  }

  /** The same of the user's own settings, whatever a workspace says; empty where they name no server. */
  get usersHubEndpoint(): string {
    const value = vscode.workspace.getConfiguration('tokenscope').inspect('hubEndpoint')?.globalValue;
    return typeof value === 'string' ? value.trim() : '';
  }

  /** Addresses of databases by name, without passwords. Of the user alone: a workspace's are not looked at. */
  get databases(): ReadonlyMap<string, string> {
    const value = vscode.workspace.getConfiguration('tokenscope').inspect('databases')?.globalValue;
    const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }

  /** Names a database, or gives the name another address. */
  async setDatabase(name: string, address: string): Promise<void> {
    const value = { ...Object.fromEntries(this.databases), [name]: address };
    await vscode.workspace
      .getConfiguration('tokenscope')
      .update('databases', value, vscode.ConfigurationTarget.Global);
  }

  /** How a table in a database is searched. */
  get databaseSearch(): 'exact' | 'index' {
    return this.read('database.search') === 'exact' ? 'exact' : 'index';
  }

  /** Seconds that a statement to a database may take, 0 … 3600; 0: as long as it takes. */
  get databaseTimeLimit(): number {
    const value = this.read('database.timeLimit');
    return typeof value === 'number' && value >= 0 ? Math.min(value, 3600) : 60;
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
  get form(): FormChoice {
    return parseFormChoice(this.read('neighbors.form')) ?? 'automatic';
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

  /** Whether the status bar tells the tokens of the selection or document. */
  get countsTokens(): boolean {
    return this.read('statusBar.tokens') !== false;
  }

  /** Tokens that the model reads at once, 1 or more. */
  get contextWindow(): number {
    const value = this.read('contextWindow');
    return typeof value === 'number' && value >= 1 ? Math.floor(value) : 1024;
  }

  /** Whether texts of a document's language have bands without being asked for. */
  bandsEnabledIn(document: vscode.TextDocument): boolean {
    return vscode.workspace.getConfiguration('tokenscope', document).get<unknown>('bands.enabled') === true;
  }

  /** Whether texts of some language may have bands without being asked for. */
  get mayEnableBands(): boolean {
    const found = vscode.workspace.getConfiguration('tokenscope').inspect('bands.enabled');
    const values = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
    return values.includes(true) || (found?.languageIds?.length ?? 0) > 0;
  }

  /** Whether bands draw signs for white space. */
  get showsWhiteSpace(): boolean {
    return this.read('bands.whiteSpace') !== false;
  }

  /** The surprises that are marked; none while they are off. */
  get surprises(): ReadonlySet<SurpriseKind> {
    const kinds = this.read('surprises.kinds');
    const chosen = this.surprisesEnabled && Array.isArray(kinds) ? kinds : [];
    return new Set(SURPRISE_KINDS.filter((kind) => chosen.includes(kind)));
  }

  get surprisesEnabled(): boolean {
    return this.read('surprises.enabled') === true;
  }

  /** From how many tokens on a word is a surprise, 2 … 100. */
  get manyTokens(): number {
    const value = this.read('surprises.manyTokens');
    return typeof value === 'number' && Number.isFinite(value)
      ? Math.min(100, Math.max(2, Math.round(value)))
      : 6;
  }

  /** Calls back when one of these settings changes. */
  onDidChange(names: readonly string[], listener: () => void): vscode.Disposable {
    return this.changes.event((event) => {
      if (names.some((name) => event.affectsConfiguration(`tokenscope.${name}`))) {
        listener();
      }
    });
  }

  /** Switches the marks of surprises on or off, where that is set. */
  async setSurprisesEnabled(value: boolean): Promise<void> {
    await this.update('surprises.enabled', value);
  }

  /** Leaves a kind out of the surprises that are marked, where they are listed. */
  async leaveOutSurprise(kind: SurpriseKind): Promise<void> {
    const kinds = this.read('surprises.kinds');
    const others = SURPRISE_KINDS.filter(
      (other) => other !== kind && Array.isArray(kinds) && kinds.includes(other),
    );
    await this.update('surprises.kinds', others);
  }

  /** Remembers a model: for the workspace where that has one of its own, else for this user. */
  async setModel(value: string): Promise<void> {
    await this.update('model', value === '' && !this.isOfWorkspace('model') ? undefined : value);
  }

  /** Shows a setting of this machine in the editor of settings, among the workspace's where that has a value of its own. */
  async reveal(name: string): Promise<void> {
    await besideTheInspector();
    // In a remote window the settings of the machine are not among the user's.
    const users = vscode.env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
    const place = this.isOfWorkspace(name) ? 'openWorkspaceSettings' : users;
    await vscode.commands.executeCommand(`workbench.action.${place}`, { query: `@id:tokenscope.${name}` });
  }

  /** Shows VS Code's settings of the proxy, which downloads go through. */
  async revealProxy(): Promise<void> {
    await besideTheInspector();
    await vscode.commands.executeCommand('workbench.action.openSettings', { query: 'http.proxy' });
  }

  dispose(): void {
    this.listener.dispose();
    this.changes.dispose();
  }

  private read(name: string): unknown {
    return vscode.workspace.getConfiguration('tokenscope').get(name);
  }

  /** A workspace's own value would hide the user's: then it is the workspace's that is changed. */
  private async update(name: string, value: unknown): Promise<void> {
    const target = this.isOfWorkspace(name)
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration('tokenscope').update(name, value, target);
  }

  private isOfWorkspace(name: string): boolean {
    return vscode.workspace.getConfiguration('tokenscope').inspect(name)?.workspaceValue !== undefined;
  }

  private string(name: string): string {
    const value = this.read(name);
    return typeof value === 'string' ? value : '';
  }
}

/** The inspector asks for settings, stands beside the text, and is not to be covered. */
async function besideTheInspector(): Promise<void> {
  if (vscode.window.tabGroups.all.length > 1) {
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
  }
}
