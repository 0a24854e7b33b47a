import type * as vscode from 'vscode';

type Group = vscode.ViewColumn | undefined;

/** Where bands are switched on: for a document in an editor group. Cells of notebooks and sides of comparisons may have no group. */
export class BandSwitches {
  private readonly groups = new Map<vscode.TextDocument, Set<Group>>();

  get isAllOff(): boolean {
    return this.groups.size === 0;
  }

  /** Those that are on in some group. */
  get documents(): readonly vscode.TextDocument[] {
    return [...this.groups.keys()];
  }

  isOn({ document, viewColumn }: vscode.TextEditor): boolean {
    return this.groupsOf(document).has(viewColumn);
  }

  /** The groups in which a document has bands. */
  groupsOf(document: vscode.TextDocument): ReadonlySet<Group> {
    return this.groups.get(document) ?? new Set();
  }

  toggle({ document, viewColumn }: vscode.TextEditor): void {
    this.set(document, viewColumn, !this.groupsOf(document).has(viewColumn));
  }

  set(document: vscode.TextDocument, group: Group, isOn: boolean): void {
    const groups = this.groups.get(document) ?? new Set<Group>();
    if (isOn) {
      groups.add(group);
    } else {
      groups.delete(group);
    }
    if (groups.size > 0) {
      this.groups.set(document, groups);
    } else {
      this.groups.delete(document);
    }
  }

  /** Switches a document off in all groups. @returns whether it was on in one. */
  forget(document: vscode.TextDocument): boolean {
    return this.groups.delete(document);
  }

  clear(): void {
    this.groups.clear();
  }
}
