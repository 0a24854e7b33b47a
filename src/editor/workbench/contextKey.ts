import * as vscode from 'vscode';

/** A value that `when` clauses and steps of the walkthrough read. At first it is false. */
export class ContextKey {
  private value = false;

  constructor(private readonly name: string) {}

  set(value: boolean): void {
    if (value !== this.value) {
      this.value = value;
      void vscode.commands.executeCommand('setContext', this.name, value);
    }
  }
}
