import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import { encodingTexts } from '../encodingTexts.mjs';

/** Pause before the first measurement, for a window that has just opened. */
const SETTLE_MILLISECONDS = 5_000;
const QUICK_KEYS = 300;
const SLOW_KEYS = 30;
/** Longer than anything that waits for a pause in typing. */
const PAUSE_MILLISECONDS = 400;
const TYPED = 'a word or (two). ';

/** Milliseconds a keystroke. */
interface TypingFigures {
  readonly units: number;
  readonly lines: number;
  /** All tokenized, slice by slice: the work alone, without the event loop's turns between. */
  readonly open: number;
  /** Own work of each keystroke, one after the other as fast as the window takes them. */
  readonly quick: number[];
  /** The same with a pause after each, in which the tooltip is made and words are looked at. */
  readonly slow: number[];
  /** As `quick`, with token bands that alternate. */
  readonly banded: number[];
  /** As `quick`, with token bands colored by token id. */
  readonly bandedById: number[];
  /** Tokens that bands are drawn for as long as nobody types. */
  readonly bandedTokens: number;
  /** Time a quick keystroke for which the extension host's thread was busy, all extensions and VS Code itself included. */
  readonly busy: number;
  /** The same while tokens are not counted. */
  readonly busyWithout: number;
}

/**
 * Called by VS Code in its extension host: types in prose and in source code of about a megabyte each, and writes the figures to the
 * file that TOKENSCOPE_BENCH_RESULTS names.
 */
export async function run(): Promise<void> {
  const { TOKENSCOPE_BENCH_RESULTS: results = '', TOKENSCOPE_BENCH_PROJECT: project = '' } = process.env;
  const extension = vscode.extensions.getExtension<TestAccess>('tokenscope.tokenscope');
  if (!extension) {
    throw new Error('The extension is not there.');
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
  const access = await extension.activate();
  const { prose, code } = encodingTexts(access.tokenizers.current, project);
  const figures: Record<string, TypingFigures> = {};
  for (const [name, [text = '']] of Object.entries({ prose, code })) {
    const file = path.join(path.dirname(results), `${name}.txt`);
    writeFileSync(file, text);
    figures[name] = await measureTyping(access, file);
  }
  writeFileSync(results, JSON.stringify(figures));
}

/** Types in the middle of a text, with its tokens in the status bar and no other surface open. */
async function measureTyping(access: TestAccess, file: string): Promise<TypingFigures> {
  const document = await vscode.workspace.openTextDocument(file);
  let work = 0;
  access.documents.work.onWork = (milliseconds) => (work += milliseconds);
  const editor = await vscode.window.showTextDocument(document);
  await counted(access);
  await pause();
  const open = work;
  const middle = document.positionAt(document.getText().length >> 1);
  editor.selection = new vscode.Selection(middle, middle);
  await pause();

  const type = async (count: number, afterEach: () => Promise<void>): Promise<number[]> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      work = 0;
      await editor.edit((edit) => edit.insert(editor.selection.active, TYPED.charAt(i % TYPED.length)), {
        undoStopBefore: false,
        undoStopAfter: false,
      });
      await afterEach();
      times.push(work);
    }
    return times;
  };
  const busyWhile = async (run: () => Promise<unknown>): Promise<number> => {
    const before = performance.eventLoopUtilization();
    await run();
    return performance.eventLoopUtilization(before).active / QUICK_KEYS;
  };
  let quick: number[] = [];
  const busy = await busyWhile(async () => (quick = await type(QUICK_KEYS, nextTurn)));
  const slow = await type(SLOW_KEYS, pause);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenter);
  await pause();
  await vscode.commands.executeCommand('tokenscope.toggleTokenBands');
  await pause();
  const banded = await type(QUICK_KEYS, nextTurn);
  await vscode.commands.executeCommand('tokenscope.colorTokenBands', { by: 'tokenId' });
  await pause();
  const bandedTokens = access.bands.painted(editor)?.tokens.length ?? 0;
  const bandedById = await type(QUICK_KEYS, nextTurn);
  await vscode.commands.executeCommand('tokenscope.toggleTokenBands');
  await setCounting(false);
  await pause();
  const busyWithout = await busyWhile(() => type(QUICK_KEYS, nextTurn));
  access.documents.work.onWork = undefined;
  await setCounting(undefined);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return {
    units: document.getText().length,
    lines: document.lineCount,
    open,
    quick,
    slow,
    banded,
    bandedById,
    bandedTokens,
    busy,
    busyWithout,
  };
}

async function counted({ status }: TestAccess): Promise<void> {
  while (!/^\$\(whole-word\) [\d,]+ tokens/.test(status.shown?.text ?? '')) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The change of the selection comes in a message of its own. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));

async function setCounting(value: boolean | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('tokenscope')
    .update('statusBar.tokens', value, vscode.ConfigurationTarget.Global);
}
