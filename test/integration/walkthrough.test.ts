import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import {
  EXTENSION_ID,
  activated,
  answered,
  closeEditors,
  showText,
  until,
  withSetting,
} from './extensionAccess';

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image: Readonly<Record<string, string>>; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

interface CommandLink {
  readonly command: string;
  readonly arguments: readonly unknown[];
}

/** Pictures are a third of what the package weighs at most. */
const MOST_PICTURE_BYTES = 600_000;

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(found);
  return found;
}

function steps(): readonly Step[] {
  const { contributes } = extension().packageJSON as Manifest;
  const [walkthrough] = contributes.walkthroughs;
  assert.equal(walkthrough?.id, 'tokenscope.gettingStarted');
  return walkthrough.steps;
}

/** As VS Code reads links in a step's description, and as its opener reads a command's address. */
function linksOf({ description }: Step): readonly CommandLink[] {
  return [...description.matchAll(/\[[^\]]+\]\((command:[^)\s]+)\)/g)].map(([, href = '']) => {
    const uri = vscode.Uri.parse(href.replace('command:toSide:', 'command:'));
    const given: unknown = uri.query === '' ? [] : JSON.parse(uri.query);
    assert.ok(Array.isArray(given), href);
    return { command: uri.path, arguments: given };
  });
}

function run(stepId: string, at = 0): Thenable<unknown> {
  const step = steps().find(({ id }) => id === stepId);
  assert.ok(step, `there is no step ${stepId}`);
  const link = linksOf(step)[at];
  assert.ok(link, `${stepId} has no link ${at}`);
  return vscode.commands.executeCommand(link.command, ...link.arguments);
}

async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isUntitled && !document.isClosed) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await closeEditors();
}

describe('the walkthrough', () => {
  let access: TestAccess;

  before(async () => {
    access = await activated();
    await closeAll();
  });

  afterEach(closeAll);

  it('opens by its command', async () => {
    await vscode.commands.executeCommand('tokenscope.openWalkthrough');
    const tab = await until(() => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.match(tab.label, /Welcome|Walkthrough/);
  });

  it('has links and events of commands that exist', async () => {
    const known = new Set(await vscode.commands.getCommands());
    const linked = steps().flatMap(linksOf);
    assert.ok(linked.length >= steps().length);
    const awaited = steps().flatMap(({ completionEvents }) => completionEvents);
    assert.ok(steps().every(({ completionEvents }) => completionEvents.length > 0));
    const commands = [
      ...linked.map(({ command }) => command),
      ...awaited.flatMap((event) => /^onCommand:(.+)$/.exec(event)?.[1] ?? []),
    ];
    assert.deepEqual(
      commands.filter((command) => !known.has(command)),
      [],
    );
  });

  it('has a small picture for each step and theme, told in words', () => {
    const files = new Set(steps().flatMap(({ media }) => Object.values(media.image)));
    for (const { media } of steps()) {
      assert.deepEqual(Object.keys(media.image).sort(), ['dark', 'hc', 'hcLight', 'light']);
      assert.ok(media.altText.length > 20);
    }
    const sizes = [...files].map((file) => fs.statSync(path.join(extension().extensionPath, file)).size);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(total < MOST_PICTURE_BYTES, `the pictures have ${total} bytes`);
  });

  it('opens the sample text, and the same one again', async () => {
    await run('sampleText');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document.isUntitled);
    assert.equal(editor.document.languageId, 'markdown');
    await showText('another text');
    await run('sampleText');
    assert.equal(vscode.window.activeTextEditor?.document, editor.document);
    for (const part of ['banana', 'apple', 'cosmic', 'Mike', '語', '\u{1f34c}', 'def ']) {
      assert.ok(editor.document.getText().includes(part), part);
    }
    assert.match(editor.document.getText(), /\w $/);
  });

  it('puts the cursor into banana, whose card tells both splits', async () => {
    await run('hover');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const range = editor.document.getWordRangeAtPosition(editor.selection.active);
    assert.equal(editor.document.getText(range), 'banana');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const text = hovers
      .flatMap(({ contents }) => contents as vscode.MarkdownString[])
      .map(({ value }) => value);
    assert.match(text.join(), /here.*25996.*alone.*3820 2271/s);
  });

  it('asks for a model', async () => {
    const asking = run('model');
    const closing = setInterval(() => {
      void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    }, 200);
    await asking;
    clearInterval(closing);
  });

  it('uses the sample vectors', async () => {
    const restore = await withSetting('model', vscode.workspace.getConfiguration('tokenscope').get('model'));
    try {
      await run('model', 1);
      assert.equal(vscode.workspace.getConfiguration('tokenscope').get('model'), 'sample');
    } finally {
      await restore();
    }
  });

  it('compares ban and ana', async () => {
    await run('compare');
    const pair = await until(() => access.panels.current?.shown?.compare?.pair);
    assert.ok(pair);
    assert.deepEqual(access.panels.current?.shown?.view, 'compare');
  });

  it('finds the neighbors of Mike, and verifies them by the loop', async () => {
    await run('neighbors');
    await answered(access, 'Mike');
    await run('verify');
    await until(() => access.panels.current?.shown?.verification);
  });

  it('shows token bands, and leaves them on', async () => {
    await run('bands');
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor && access.bands.isOn(editor));
    await run('bands');
    assert.ok(access.bands.isOn(editor));
    access.bands.toggle(editor);
  });
});
