const ms = (value) => (value === undefined ? '' : value < 10 ? value.toFixed(2) : value.toFixed(1));
const row = (what, summary) => `| ${what} | ${ms(summary.min)} | ${ms(summary.median)} | ${summary.runs} |`;

const single = (what, value) => `| ${what} | | ${ms(value)} | 1 |`;

/** docs/benchmarks.md from the figures of one run. */
export function benchmarksTable(results) {
  const { machine, versions, tokenizer, firstNeighbors, sampleVectors, search, host, download } = results;
  const { kernel, load, model } = search;
  const ratio = (a, b) => (a.median / b.median).toFixed(2);
  return `# Benchmarks

Made by \`npm run bench\` on ${results.date.slice(0, 10)}; do not edit. Raw figures: \`bench/results/latest.json\`.

Machine: ${machine.processor}, ${machine.processors} processors, ${machine.memoryGigabytes} GB memory, ${machine.system}.
Node ${versions.node}, V8 ${versions.v8}. Load of the machine before the run: ${machine.loadAverage.toFixed(2)}.

Checkpoint: ${model.rowCount.toLocaleString('en')} × ${model.dimension} ${model.dtype} in a file of 548 MB laid out as GPT-2 small's
(generated test data), in the page cache. Queries: one token, a mean of two, a formula of three, in turn; seeded. All times in
milliseconds; one run of everything, warm-up left out.

## As the extension asks: through the worker, messages included

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${row('Nothing started → first 20 neighbors', firstNeighbors.firstAnswer)}
${row('of which load (start worker, open, read, normalize)', firstNeighbors.load)}
${row('Nothing started → first 20 neighbors, sample vectors', sampleVectors.firstAnswer)}
${row('Later query, 20 neighbors', search.top20)}
${row('Later query, 200 neighbors', search.top200)}
${row('Later query, 20 neighbors and their map', search.top20WithMap)}
${row('Later query, 200 neighbors and their map', search.top200WithMap)}

Memory of the whole process after the first answer: ${firstNeighbors.residentMegabytes.median.toFixed(0)} MB, of which the matrix is ${kernel.megabytes.toFixed(0)} MB and its codes ${(kernel.megabytes / 2).toFixed(0)} MB.

## Inside VS Code ${host.vscode}, Node ${host.node}

In the extension host of the browser-served VS Code of the tests, with the bundles as they are packaged; while it runs, a headless
Chromium on the same processors draws the window.

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${single('First hover after start-up', host.firstHoverMilliseconds)}
${row('Later hover, no embeddings loaded', host.laterHover)}
${row('Later hover, embeddings loaded: a word seen before', host.loadedHover)}
${row('Later hover, embeddings loaded: a new word, waiting for a search a piece', host.newLoadedHover)}
${single('First command: nothing loaded → answer sent to the panel, 548 MB file', host.firstCommandMilliseconds)}
${row('Later command → answer sent to the panel, 20 neighbors and their map', host.command)}

## The kernel, in one thread

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${row('Exact top 20, WebAssembly SIMD', kernel.search)}
${row(`Bare read of the same ${kernel.megabytes.toFixed(0)} MB in WebAssembly, front to back`, kernel.bareRead)}
${row(`Bare read of ${(kernel.megabytes / 2).toFixed(0)} MB, as much as the kernel's bfloat16 codes`, kernel.bareReadOfHalf)}
${row('Exact top 20, plain loop (double precision)', kernel.loop)}

- ${ratio(kernel.search, kernel.bareRead)} × the bare read of the matrix, ${ratio(kernel.search, kernel.bareReadOfHalf)} × the bare read of the codes.
- ${ratio(kernel.loop, kernel.search)} × faster than the loop, with the same ids and the same scores to the last bit.
- ${kernel.medianRescored} rows rescored in double precision (median); screening is off by at most ${kernel.errorBound.toExponential(1)}.

## The load in its parts

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${row('Reserve memory', load.allocate)}
${row('Read', load.read)}
${row('Normalize', load.normalize)}

## Download of the ${download.megabytes.toFixed(0)} MB tensor from a server on this machine

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${row('One plain fetch of the same bytes, which neither writes nor checks them', download.plainFetch)}
${row('Our download: header, ranges, written, checked, in place', download.download)}
${row('of which the transfer', download.transfer)}

- ${download.speedRatio.toFixed(2)} × the speed of the plain fetch, ${download.transferSpeedRatio.toFixed(2)} × for the transfer alone.
- ${download.megabytesAboveIdle.median.toFixed(0)} MB of memory above idle at most; the event loop never paused longer than ${ms(download.longestPause.median)} ms (median of the runs' longest).

## Tokenizer

| What | min | median | runs |
| --- | ---: | ---: | ---: |
${Object.entries(tokenizer)
  .map(
    ([name, figures]) =>
      `${row(`${name}: fresh process → first word encoded`, figures.firstUse)}\n${row(`${name}: a new word, **microseconds**`, figures.microsecondsPerWord)}`,
  )
  .join('\n')}
`;
}
