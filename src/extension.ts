import * as vscode from 'vscode';
import { registerChooseModel } from './editor/commands/chooseModel';
import { COMMANDS } from './editor/commands/commandIds';
import { registerCopyTokenIds } from './editor/commands/copyTokenIds';
import { registerFindNeighbors } from './editor/commands/findNeighbors';
import { registerLoadEmbeddings } from './editor/commands/loadEmbeddings';
import { TokenHoverProvider } from './editor/hover/tokenHoverProvider';
import { HoverRegistration } from './editor/hover/hoverRegistration';
import { InspectorPanels } from './editor/panel/inspectorPanels';
import { locateModel } from './editor/session/locateModel';
import { Settings } from './editor/settings';
import { EmbeddingsStatus } from './editor/statusBar/embeddingsStatus';
import { EmbeddingSession } from './engine/embeddingSession';
import { startNodeWorker } from './engine/nodeWorker';
import { WorkerEngine } from './engine/workerEngine';
import { findCachedGpt2 } from './model/findCachedGpt2';

/** The parts by name, for the tests that run inside VS Code. Nobody else gets them. */
export interface TestAccess {
  readonly session: EmbeddingSession;
  readonly panels: InspectorPanels;
  readonly hoverProvider: TokenHoverProvider;
}

/** Composition root: puts the parts together and registers them. It starts nothing: no disk, no network, no WebAssembly. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const log = vscode.window.createOutputChannel('Tokenscope', { log: true });
  const settings = new Settings();
  const workerFile = vscode.Uri.joinPath(context.extensionUri, 'dist', 'engineWorker.js').fsPath;
  const session = new EmbeddingSession({
    engine: new WorkerEngine(() => startNodeWorker(workerFile)),
    locate: () => locateModel(settings),
    idleMilliseconds: settings.releaseAfterMinutes * 60_000,
  });
  const panels = new InspectorPanels({ session, settings, extensionUri: context.extensionUri, log });
  const hoverProvider = new TokenHoverProvider(session);
  context.subscriptions.push(
    log,
    settings,
    session,
    panels,
    hoverProvider,
    new HoverRegistration(hoverProvider, settings),
    new EmbeddingsStatus(session),
    registerFindNeighbors(panels, settings),
    registerCopyTokenIds(),
    registerLoadEmbeddings(session, log),
    registerChooseModel(settings, findCachedGpt2),
    vscode.commands.registerCommand(COMMANDS.showLog, () => log.show()),
    settings.onDidChange(['model', 'embeddingTensor'], () => {
      session.reset();
      panels.refresh();
    }),
    settings.onDidChange(['releaseAfterMinutes'], () => {
      session.setIdleMilliseconds(settings.releaseAfterMinutes * 60_000);
    }),
  );
  return context.extensionMode === vscode.ExtensionMode.Test ? { session, panels, hoverProvider } : undefined;
}
