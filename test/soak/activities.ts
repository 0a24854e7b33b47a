import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS, FOCUS_SECTIONS } from '../../src/editor/commandIds';
import type { TestAccess } from '../../src/extension';
import type { PanelSnapshot } from '../../src/protocol/panelSnapshot';
import { answered, until, withSetting } from '../integration/extensionAccess';
import type { RunningThreads } from './runningThreads';

/** Where the activities take place. */
export interface Desk {
  readonly access: TestAccess;
  readonly threads: RunningThreads;
  /** An editor with bands, colored by a value of the engine, beside the status bar and the marks. */
  readonly banded: vscode.TextEditor;
  /** A text that is open beside it, without bands. */
  readonly plain: vscode.TextDocument;
  /** Values of the setting `model`: that of the desk, and two others. */
  readonly models: { readonly own: string; readonly sample: string; readonly other: string };
}

/** One thing that is done again and again. */
export interface Activity {
  /** For people, one operation and its plural. */
  readonly name: string;
  /** How many operations a round has. After a round everything is as before. */
  readonly operations: number;
  /** @param number Counts the operations of all rounds. */
  perform(desk: Desk, number: number): Promise<void>;
  /** Before the first round; gives back what undoes it. */
  prepare?(desk: Desk): Promise<() => Promise<void>>;
}

/** One token each, so that they have a page. */
const WORDS = ['Mike', 'apple', 'Michael', 'Chris', 'Jim'];

const inspectors: Activity = {
  name: 'inspectors',
  operations: 40,
  async perform({ access }, number) {
    const word = WORDS[number % WORDS.length]!;
    await vscode.commands.executeCommand(COMMANDS.findNeighbors, word);
    await answered(access, word);
    const { current } = access.panels;
    assert.ok(current);
    current.inspection.change({ metric: 'dot' });
    await shown(access, ({ answer }) => answer?.metric === 'dot' && answer.distribution !== undefined);
    current.inspection.chooseView('token');
    await shown(access, ({ tokenPage }) => tokenPage?.milliseconds !== undefined);
    await vscode.commands.executeCommand(COMMANDS.findNeighbors, 'king - man + woman');
    await answered(access, 'king - man + woman');
    await vscode.commands.executeCommand(COMMANDS.compareTokens, { texts: ['ban', 'ana'] });
    await shown(access, ({ compare }) => compare?.pair !== undefined);
    await closeInspectors(access);
  },
};

const maps: Activity = {
  name: 'maps',
  operations: 10,
  async perform({ access }) {
    await vscode.commands.executeCommand(COMMANDS.openMap);
    await shown(access, ({ map }) => map?.stage === 'ready');
    const { current } = access.panels;
    assert.equal(current?.map.contents?.positions?.stage, 'ready');
    await closeInspectors(access);
  },
  // Graph and layout are made once, and kept.
  async prepare(desk) {
    await maps.perform(desk, 0);
    return () => Promise.resolve();
  },
};

const hovers: Activity = {
  name: 'hovers',
  operations: 200,
  async perform({ banded, plain }, number) {
    const document = number % 2 === 0 ? banded.document : plain;
    const line = number % document.lineCount;
    const hover = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      new vscode.Position(line, (number * 7) % Math.max(1, document.lineAt(line).text.length)),
    );
    assert.ok(Array.isArray(hover));
  },
};

const edits: Activity = {
  name: 'edits',
  operations: 100,
  async perform({ access, banded }, number) {
    const { document } = banded;
    const typed = `word${Math.floor(number / 2)} `;
    const at = new vscode.Position(Math.floor(number / 2) % document.lineCount, 0);
    const edit = new vscode.WorkspaceEdit();
    if (number % 2 === 0) {
      edit.insert(document.uri, at, typed);
    } else {
      edit.delete(document.uri, new vscode.Range(at, at.translate(0, typed.length)));
    }
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    await until(() => access.bands.painted(banded)?.version === document.version || undefined);
    await until(() => /^\$\(whole-word\) [\d,]+ tokens/.test(access.status.shown?.text ?? '') || undefined);
  },
};

/** Between models of which two stay loaded: some changes load, some do not. */
const changesOfModel: Activity = {
  name: 'changes of model',
  operations: 10,
  async perform({ access, models: { own, sample, other } }, number) {
    const model = [sample, own, sample, other, own, sample, other, own, other, own][number % 10]!;
    await withSetting('model', model);
    await shown(access, ({ answer }) =>
      model === sample ? answer?.model.isSample === true : answer?.model.path.startsWith(model) === true,
    );
  },
  async prepare({ access }) {
    await vscode.commands.executeCommand(COMMANDS.findNeighbors, 'Mike');
    await answered(access, 'Mike');
    return () => closeInspectors(access);
  },
};

const wakings: Activity = {
  name: 'releases and wakings',
  operations: 4,
  async perform({ access, threads }, number) {
    const word = WORDS[number % WORDS.length]!;
    await vscode.commands.executeCommand(COMMANDS.findNeighbors, word);
    await answered(access, word);
    await until(() => threads.count === 0 || undefined);
    assert.equal(access.session.state.state, 'ready');
  },
  async prepare({ access }) {
    const restore = await withSetting('releaseAfterMinutes', 0.001);
    return async () => {
      await closeInspectors(access);
      await restore();
    };
  },
};

const splitViews: Activity = {
  name: 'split views',
  operations: 10,
  async perform({ access, banded }) {
    await vscode.window.showTextDocument(banded.document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand(COMMANDS.openSplitView);
    const [view] = access.splitView.openViews;
    assert.ok(view);
    await until(() => view.summary);
    await closeTabs(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === view.document.uri.toString(),
    );
    await until(() => access.splitView.openViews.length === 0 || undefined);
  },
};

const marks: Activity = {
  name: 'marks',
  operations: 10,
  async perform({ access, banded: { document } }) {
    const count = (): number =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Tokenscope').length;
    await vscode.commands.executeCommand(COMMANDS.toggleSurprises);
    await until(() => (!access.surprises.isOn && count() === 0) || undefined);
    await vscode.commands.executeCommand(COMMANDS.toggleSurprises);
    await until(() => (access.surprises.isOn && count() > 0) || undefined);
  },
};

const sections: Activity = {
  name: 'showings of the sections',
  operations: 20,
  async perform({ access }) {
    await vscode.commands.executeCommand(FOCUS_SECTIONS);
    await until(() => access.sections.tree.shown);
    await vscode.commands.executeCommand('workbench.view.search');
    await until(() => (access.sections.tree.shown === undefined ? true : undefined));
  },
};

/** In this order; the engine's thread lives from the first to the releases. */
export const ACTIVITIES: readonly Activity[] = [
  inspectors,
  maps,
  hovers,
  edits,
  splitViews,
  sections,
  marks,
  changesOfModel,
  wakings,
];

/** Waits until the inspector shows something. */
async function shown(access: TestAccess, holds: (snapshot: PanelSnapshot) => boolean): Promise<void> {
  await until(() => {
    const snapshot = access.panels.current?.shown;
    return snapshot && holds(snapshot) ? true : undefined;
  });
}

async function closeInspectors(access: TestAccess): Promise<void> {
  await closeTabs(({ input }) => input instanceof vscode.TabInputWebview);
  await until(() => access.panels.current === undefined || undefined);
}

async function closeTabs(isMeant: (tab: vscode.Tab) => boolean): Promise<void> {
  await vscode.window.tabGroups.close(
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(isMeant),
  );
}
