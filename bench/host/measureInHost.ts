import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
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

  // Pauses of the host's one thread: while nothing happens, then while the engine loads, searches and answers everything.
  const idlePauses = await pausesDuring(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
  const firstHoverMilliseconds = await hover('banana');
  const laterHovers = await hovers(LATER_HOVERS);
  const firstCommandMilliseconds = await commandToAnswer(access, '#16073');
  const commands: number[] = [];
  for (let i = 0; i < QUERIES; i++) {
    commands.push(await commandToAnswer(access, `#${(i * 811 + 7) % 40_000}`));
  }
  const newLoadedHovers = await hovers(WORDS.length);
  const loadedHovers = await hovers(LATER_HOVERS);
  const enginePauses = await pausesDuring(async () => {
    for (let i = 0; i < QUERIES; i++) {
      await access.session.ask('neighbors', {
        query: { terms: [{ weight: 1, id: 100 + i }] },
        k: i % 10 === 0 ? 50_257 : 200,
      });
    }
  });
  // The worker is gone after the idle time; the next question starts one, which reads the kept index.
  access.session.setIdleMilliseconds(1);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  access.session.setIdleMilliseconds(600_000);
  const wakePauses = await pausesDuring(() =>
    access.session.ask('neighbors', { query: { terms: [{ weight: 1, id: 5 }] }, k: 20 }),
  );
  // Pieces that nobody has asked for yet: first scanned, then from the neighbor graph.
  const scannedPieces = await pieces(access, 1_000);
  await access.session.buildGraph();
  const graphPieces = await pieces(access, 20_000);
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
      idlePauses,
      wakePauses,
      enginePauses,
      scannedPieces,
      graphPieces,
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

/** Longest and 99th percentile of the delays of a timer that should come every millisecond, in milliseconds. */
async function pausesDuring(
  work: () => Promise<unknown>,
): Promise<{ longest: number; percentile99: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return { longest: delays.max / 1e6, percentile99: delays.percentile(99) / 1e6 };
}

/** What a hover asks for a token that it has not seen before: time in the engine, and until the answer is there. */
async function pieces(
  { session }: TestAccess,
  firstId: number,
): Promise<{ engine: number[]; answer: number[]; sources: string[] }> {
  const figures = { engine: [] as number[], answer: [] as number[], sources: [] as string[] };
  for (let i = 0; i < LATER_HOVERS; i++) {
    const start = performance.now();
    const answers = await session.neighborsOfManyIfReady([
      { query: { terms: [{ weight: 1, id: firstId + 13 * i }] }, k: 4 },
    ]);
    figures.answer.push(performance.now() - start);
    figures.engine.push(answers?.[0]?.milliseconds ?? NaN);
    figures.sources.push(answers?.[0]?.source ?? 'none');
  }
  figures.sources = [...new Set(figures.sources)];
  return figures;
}
