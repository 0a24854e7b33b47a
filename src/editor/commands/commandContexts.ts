import * as vscode from 'vscode';
import type { EmbeddingSession } from '../../engine/session/embeddingSession';
import { BARE_SCHEME } from '../splitView/splitView';
import { ContextKey } from '../workbench/contextKey';
import { contextsOf, type CommandFacts } from './commandConditions';

type ObservedSession = Pick<EmbeddingSession, 'state' | 'graph' | 'onDidChangeState' | 'onDidChangeGraph'>;

/** What holds just now. */
export function commandFacts({ state, graph }: Pick<EmbeddingSession, 'state' | 'graph'>): CommandFacts {
  const editor = vscode.window.activeTextEditor;
  return {
    embeddings: state,
    graph,
    text: editor && { isBareSide: editor.document.uri.scheme === BARE_SCHEME },
  };
}

/** Keeps the context keys by which the command palette leaves out what cannot do anything now. */
export function keepCommandContexts(session: ObservedSession): vscode.Disposable {
  const keys = new Map<string, ContextKey>();
  const update = (): void => {
    for (const [name, value] of Object.entries(contextsOf(commandFacts(session)))) {
      const key = keys.get(name) ?? new ContextKey(`tokenscope.${name}`);
      keys.set(name, key);
      key.set(value);
    }
  };
  const listeners = [session.onDidChangeState(update), session.onDidChangeGraph(update)];
  update();
  return vscode.Disposable.from(vscode.window.onDidChangeActiveTextEditor(update), ...listeners);
}
