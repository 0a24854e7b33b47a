import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { TestAccess } from '../../src/extension';

/** Words of the sample text whose hovers are timed, in turn. */
const WORDS = [
  'banana',
  'apple',
  'cosmic',
  'Mike',
  'Michael',
  'language',
  'tokenizer',
  'matrix',
  'bowling',
  'pieces',
];
/** Pause before the first measurement, for a window that has just opened. */
const SETTLE_MILLISECONDS = 5_000;
const LATER_HOVERS = 200;
const QUERIES = 60;

/**
 * Called by VS Code in its extension host: times what a user waits for, and writes the figures to the file that
 * TOKENSCOPE_BENCH_RESULTS names.
 */
export async function run(): Promise<void> {
  const { TOKENSCOPE_BENCH_RESULTS: results = '' } = process.env;
  const extension = vscode.extensions.getExtension<TestAccess>('tokenscope.tokenscope');
  if (!extension) {
    throw new Error('The extension is not there.');
  }
  // What the window does at its start is not ours.
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MILLISECONDS));
  const access = await extension.activate();
  const document = await vscode.workspace.openTextDocument({
    content: `I like ${WORDS.join(' and ')} a lot.`,
  });

  const hover = async (word: string): Promise<number> => {
    const position = document.positionAt(document.getText().indexOf(word) + 1);
    const cancellation = new vscode.CancellationTokenSource();
    const start = performance.now();
    await access.hoverProvider.provideHover(document, position, cancellation.token);
    return performance.now() - start;
  };
  const hovers = async (count: number): Promise<number[]> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      times.push(await hover(WORDS[i % WORDS.length] ?? ''));
    }
    return times;
  };

  const firstHoverMilliseconds = await hover('banana');
  const laterHovers = await hovers(LATER_HOVERS);
  const firstCommandMilliseconds = await commandToAnswer(access, '#16073');
  const commands: number[] = [];
  for (let i = 0; i < QUERIES; i++) {
    commands.push(await commandToAnswer(access, `#${(i * 811 + 7) % 40_000}`));
  }
  const newLoadedHovers = await hovers(WORDS.length);
  const loadedHovers = await hovers(LATER_HOVERS);
  writeFileSync(
    results,
    JSON.stringify({
      vscode: vscode.version,
      node: process.versions.node,
      firstHoverMilliseconds,
      laterHovers,
      newLoadedHovers,
      loadedHovers,
      firstCommandMilliseconds,
      commands,
    }),
  );
}

/** From the command to the snapshot with the answer that is sent to the page. */
async function commandToAnswer({ panels }: TestAccess, query: string): Promise<number> {
  const start = performance.now();
  void vscode.commands.executeCommand('tokenscope.findNeighbors', query);
  for (;;) {
    const shown = panels.current?.shown;
    if (shown?.query?.text === query && shown.answer) {
      return performance.now() - start;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
