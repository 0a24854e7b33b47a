import * as vscode from 'vscode';
import { inertText } from './inertText';

/** An entry of a picker. What is foreign in its texts draws no icon. */
export interface PickEntry {
  /** Codicon name, drawn before the label. */
  readonly icon?: string | undefined;
  readonly label: string;
  /** Behind the label. */
  readonly description?: string;
  /** Below it. */
  readonly detail?: string;
  /** True for a line with a title, which cannot be picked. */
  readonly isSeparator?: boolean;
}

export interface PickOptions {
  readonly title: string;
  readonly placeHolder?: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  /**
   * The picker stays when something else takes the focus, such as a panel that gets it back late from the box that was open before: what was
   * answered there is not lost with it.
   */
  readonly staysOpen?: boolean;
}

interface PickItem<Entry> extends vscode.QuickPickItem {
  readonly entry: Entry;
}

/** Lets the user pick one of some entries. @returns undefined when nothing was picked. */
export async function pickItem<Entry extends PickEntry>(
  entries: readonly Entry[] | Promise<readonly Entry[]>,
  options: PickOptions,
): Promise<Entry | undefined> {
  return (await vscode.window.showQuickPick(itemsOf(entries), optionsOf(options)))?.entry;
}

/** Lets the user pick any of some entries. @returns undefined when the picker was closed. */
export async function pickItems<Entry extends PickEntry>(
  entries: readonly Entry[] | Promise<readonly Entry[]>,
  options: PickOptions,
): Promise<readonly Entry[] | undefined> {
  const picked = await vscode.window.showQuickPick(itemsOf(entries), {
    ...optionsOf(options),
    canPickMany: true,
  });
  return picked?.map(({ entry }) => entry);
}

async function itemsOf<Entry extends PickEntry>(
  entries: readonly Entry[] | Promise<readonly Entry[]>,
): Promise<PickItem<Entry>[]> {
  return (await entries).map((entry) => {
    const { icon, label, description, detail, isSeparator } = entry;
    return {
      entry,
      label: icon === undefined ? inertText(label) : `$(${icon}) ${inertText(label)}`,
      ...(description !== undefined && { description: inertText(description) }),
      ...(detail !== undefined && { detail: inertText(detail) }),
      ...(isSeparator === true && { kind: vscode.QuickPickItemKind.Separator }),
    };
  });
}

function optionsOf({ title, placeHolder, staysOpen, ...matching }: PickOptions): vscode.QuickPickOptions {
  return {
    title: inertText(title),
    ...(placeHolder !== undefined && { placeHolder: inertText(placeHolder) }),
    ...(staysOpen === true && { ignoreFocusOut: true }),
    ...matching,
  };
}
