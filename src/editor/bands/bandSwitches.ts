import type * as vscode from 'vscode';

type Group = vscode.ViewColumn | undefined;

/**
 * Where bands are switched on or off: for a document in an editor group. Cells of notebooks and sides of comparisons may have no
 * group.
 */
export class BandSwitches {
  private readonly groups = new Map<vscode.TextDocument, Map<Group, boolean>>();

  /** Whether nothing is switched anywhere. */
  get isEmpty(): boolean {
    return this.groups.size === 0;
  }

  /** Those that are switched in some group. */
  get documents(): readonly vscode.TextDocument[] {
    return [...this.groups.keys()];
  }

  /** @returns undefined where nobody has switched them. */
  of({ document, viewColumn }: vscode.TextEditor): boolean | undefined {
    return this.groups.get(document)?.get(viewColumn);
  }

  /** The groups in which a document has bands. */
  groupsOf(document: vscode.TextDocument): ReadonlySet<Group> {
    const groups = [...(this.groups.get(document) ?? [])];
    return new Set(groups.filter(([, isOn]) => isOn).map(([group]) => group));
  }

  /** @param isOn undefined takes the switch away. */
  set(document: vscode.TextDocument, group: Group, isOn: boolean | undefined): void {
    const groups = this.groups.get(document) ?? new Map<Group, boolean>();
    if (isOn === undefined) {
      groups.delete(group);
    } else {
      groups.set(group, isOn);
    }
    if (groups.size > 0) {
      this.groups.set(document, groups);
    } else {
      this.groups.delete(document);
    }
  }

  /** Takes away all switches of a document. @returns whether there were any. */
  forget(document: vscode.TextDocument): boolean {
    return this.groups.delete(document);
  }

  clear(): void {
    this.groups.clear();
  }
}
