import * as vscode from 'vscode';
import type { ModelIdentity } from '../../model/modelLocation';
import { apiModel } from './apiModel';
import type { TokenscopeModel } from './tokenscopeApi';

export interface ObservedModel {
  readonly model: ModelIdentity | undefined;
  onDidChangeState(listener: () => void): { dispose(): void };
}

/** Tells other extensions when another model is loaded, or none any more. Watches nothing before one of them listens. */
export class ModelChanges implements vscode.Disposable {
  // VS Code's emitter keeps the failures of one listener from the others.
  private readonly emitter = new vscode.EventEmitter<TokenscopeModel | undefined>();
  private watching: { dispose(): void } | undefined;
  private last: ModelIdentity | undefined;

  constructor(private readonly observed: ObservedModel) {}

  readonly event: vscode.Event<TokenscopeModel | undefined> = (listener, thisArgument, disposables) => {
    if (this.watching === undefined) {
      this.last = this.observed.model;
      this.watching = this.observed.onDidChangeState(() => {
        this.compare();
      });
    }
    return this.emitter.event(listener, thisArgument, disposables);
  };

  dispose(): void {
    this.watching?.dispose();
    this.emitter.dispose();
  }

  private compare(): void {
    const { model } = this.observed;
    if (model !== this.last) {
      this.last = model;
      this.emitter.fire(model && apiModel(model));
    }
  }
}
