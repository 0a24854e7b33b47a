import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';
import { FOREIGN_PATTERNS } from './foreignPatterns';

const SETTLE_MILLISECONDS = 5_000;
/** As much as is tokenized as a whole with a tokenizer that cannot cut. */
const DOCUMENT_UNITS = 50_000;
/** As much as the API takes. */
const API_UNITS = 1_000_000;
const PROSE = 'It was the best of times, it was the worst of times, it was the age of wisdom. ';

/** Milliseconds, until it is done and the longest pause of the thread meanwhile. */
interface Stretch {
  readonly milliseconds: number;
  readonly longestPause: number;
}

interface ForeignFigures {
  readonly load: Stretch;
  /** What it was refused with. */
  readonly refusal?: string;
  /** Until a document, which has been open for a while, is tokenized, selected and counted as a selection. */
  readonly document?: Stretch;
  readonly api?: Stretch;
}

/**
 * Called by VS Code in its extension host: uses each model of the folder that TOKENSCOPE_BENCH_FOREIGN names, and writes how long the
 * thread was held up to the file that TOKENSCOPE_BENCH_RESULTS names.
 */
export async function run(): Promise<void> {
  const { TOKENSCOPE_BENCH_RESULTS: results = '', TOKENSCOPE_BENCH_FOREIGN: models = '' } = process.env;
  const extension = vscode.extensions.getExtension<TestAccess>('tokenscope.tokenscope');
  if (!extension) {
    throw new Error('The extension is not there.');
  }
  await settle(SETTLE_MILLISECONDS);
  const access = await extension.activate();
  const figures: Record<string, ForeignFigures> = {
    // What else holds the thread up: VS Code and its other extensions.
    nothing: { load: await stretch(() => settle(SETTLE_MILLISECONDS)) },
  };
  for (const name of readdirSync(models).filter((file) =>
    existsSync(path.join(models, file, 'tokenizer.json')),
  )) {
    figures[name] = await measure(access, path.join(models, name), FOREIGN_PATTERNS[name]?.unit ?? PROSE);
    writeFileSync(results, JSON.stringify(figures));
  }
}

async function measure(access: TestAccess, folder: string, unit: string): Promise<ForeignFigures> {
  await vscode.workspace
    .getConfiguration('tokenscope')
    .update('model', folder, vscode.ConfigurationTarget.Global);
  await settle(500);
  let refusal: string | undefined;
  const load = await stretch(async () => {
    try {
      await access.session.ensureReady();
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  });
  if (refusal !== undefined) {
    return { load, refusal };
  }
  const file = path.join(folder, 'text.txt');
  writeFileSync(file, textOf(unit, DOCUMENT_UNITS));
  const text = textOf(unit, API_UNITS);
  const document = await tokenizeAndSelect(access, file);
  await settle(500);
  return { load, document, api: await stretch(() => access.countTokens(text)) };
}

async function tokenizeAndSelect({ documents }: TestAccess, file: string): Promise<Stretch> {
  const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
  const { document } = editor;
  // What VS Code and its other extensions do with a document that has been opened is not ours.
  await settle(2_000);
  const figures = await stretch(async () => {
    const tokens = documents.acquire(document);
    const end = document.positionAt(document.getText().length);
    await changed(tokens, () => tokens.state === 'complete');
    tokens.tokensIn(0, 10_000);
    editor.selection = new vscode.Selection(new vscode.Position(0, 0), end);
    await changed(tokens, () => tokens.countAlone(0, DOCUMENT_UNITS - 1) !== undefined);
    await settle(1_000);
    tokens.dispose();
  });
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return figures;
}

function changed(
  { onDidChange }: { readonly onDidChange: vscode.Event<void> },
  isThere: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (isThere()) {
      resolve();
      return;
    }
    const listener = onDidChange(() => {
      if (isThere()) {
        listener.dispose();
        resolve();
      }
    });
  });
}

async function stretch(work: () => Promise<unknown>): Promise<Stretch> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  const start = performance.now();
  delays.enable();
  await work();
  // A last pause is seen by the timer that comes after it.
  await settle(5);
  delays.disable();
  return { milliseconds: performance.now() - start, longestPause: delays.max / 1e6 };
}

function textOf(unit: string, units: number): string {
  return unit.repeat(Math.ceil(units / unit.length)).slice(0, units);
}

const settle = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
