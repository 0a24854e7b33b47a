import { theLayout } from './layoutTable.mjs';

const ms = (value) => (value === undefined ? '' : value < 10 ? value.toFixed(2) : value.toFixed(1));
const HEAD = '| What | min | median | 95 % | runs |\n| --- | ---: | ---: | ---: | ---: |';
const row = (what, { min, median, percentile95, runs }) =>
  `| ${what} | ${ms(min)} | ${ms(median)} | ${ms(percentile95)} | ${runs} |`;
const single = (what, value) => `| ${what} | | ${ms(value)} | | 1 |`;
const ratio = (a, b) => (a.median / b.median).toFixed(2);
const thousands = (value) => value.toLocaleString('en');

/** docs/benchmarks.md from the figures of one run. */
export function benchmarksTable(results) {
  return [
    introduction(results),
    asTheExtensionAsks(results),
    insideVsCode(results.host),
    theSearch(results.search),
    peers(results.peers),
    theIndex(results.index),
    theGraph(results.graph, results.peers),
    theLayout(results.layout, results.linearMap),
    mapLabels(results.mapLabels),
    largerModels(results.large),
    mapDrawing(results.mapDrawing),
    download(results.download),
    tokenizer(results.tokenizer),
    encoding(results.encoding),
    typing(results.encoding.documents),
  ]
    .filter((section) => section !== '')
    .join('\n');
}

function introduction({ date, machine, versions }) {
  return `# Benchmarks

Made by \`npm run bench\` on ${date.slice(0, 10)}; do not edit. Raw figures: \`bench/results/latest.json\`.

Machine: ${machine.processor}, ${machine.processors} processors, ${machine.memoryGigabytes} GB memory, ${machine.system}.
Node ${versions.node}, V8 ${versions.v8}. Load of the machine before the run: ${machine.loadAverage.toFixed(2)}.

All matrices are generated, for real GPT-2 weights cannot be had on this machine: 50,257 × 768 F32, with the mean cosine, the clusters, the
outlier dimensions and the clump of hardly trained rows that are known of GPT-2 small (\`bench/likeGpt2.mjs\`), or the test checkpoint of 548 MB
laid out as GPT-2 small's. Files are in the page cache. Queries: one token, a mean of two, a formula of three, in turn; seeded. All times in
milliseconds; one run of everything, warm-up left out. On a shared machine look at ratios, not at times.
`;
}

function asTheExtensionAsks({ firstNeighbors, firstNeighborsCached, sampleVectors, worker }) {
  return `## As the extension asks: through the worker, messages included

${HEAD}
${row('Nothing started → first 20 neighbors, index built from the 548 MB file', firstNeighbors.firstAnswer)}
${row('Nothing started → first 20 neighbors, index kept from an earlier start', firstNeighborsCached.firstAnswer)}
${row('Nothing started → first 20 neighbors, sample vectors', sampleVectors.firstAnswer)}
${row('For comparison: a thread of Node that does nothing, started and ended', sampleVectors.emptyThread)}
${row('Later query, 20 neighbors', worker.top20)}
${row('Later query, 200 neighbors', worker.top200)}
${row('Later query, 20 neighbors and their map', worker.top20WithMap)}
${row('Later query, 200 neighbors and their map', worker.top200WithMap)}
${row('Later query, 20 neighbors and the distribution of all similarities', worker.top20WithDistribution)}

From nothing to the first answer from the sample vectors takes ${ratio(sampleVectors.firstAnswer, sampleVectors.emptyThread)} times as long as the empty thread.
Memory of the whole process: ${worker.residentBefore.toFixed(0)} MB before, ${worker.residentDuring.toFixed(0)} MB while it answers, ${worker.residentAfter.toFixed(0)} MB after the engine was released.
`;
}

function mapDrawing(figures) {
  if (!figures) {
    return '';
  }
  const points = ({ count, ratio }) =>
    `${thousands(count)} points${ratio === undefined ? '' : ` at ${ratio} ×`}`;
  const moves = { pan: 'the whole map dragged', zoom: 'zoomed in up to 12 times and out' };
  const withPeers = figures.raster.filter(({ fillRect }) => fillRect !== undefined);
  const rows = [
    ...figures.raster.map((one) =>
      row(`Points drawn into a picture: ${points(one)}, ${moves[one.move]}`, one.raster),
    ),
    ...withPeers.flatMap((one) => [
      row(`For comparison: a call of \`fillRect\` for each, on a canvas: ${points(one)}`, one.fillRect),
      row(`For comparison: one path of arcs for each color: ${points(one)}`, one.arcs),
    ]),
    ...figures.hit.flatMap((one) => [
      row(`Point under the pointer found: ${points(one)}`, one.nearest),
      row(`For comparison: by a look at each point: ${points(one)}`, one.loop),
      row(`Made ready for that: ${points(one)}`, one.build),
      row(`Order of drawing worked out: ${points(one)}`, one.order),
    ]),
    ...figures.frames.map((one) => row(`From frame to frame while the map is dragged: ${points(one)}`, one)),
  ];
  const ratios = withPeers.map(
    (one) => `${ratio(one.raster, one.fillRect)} and ${ratio(one.raster, one.arcs)} at ${one.ratio} ×`,
  );
  return `## The map of all tokens, drawn in Chromium ${figures.browser} without a GPU

A stage of 1000 × 800 CSS pixels, points in islands of different density, at 1 or 2 pixels of the device for one of CSS.

${HEAD}
${rows.join('\n')}

A picture of 50,257 points takes this many times as long as \`fillRect\` and as arcs (medians): ${ratios.join('; ')}.
`;
}

function insideVsCode(host) {
  return `## Inside VS Code ${host.vscode}, Node ${host.node}

In the extension host of the browser-served VS Code of the tests, with the bundles as they are packaged; while it runs, a headless
Chromium on the same processors draws the window.

${HEAD}
${single('First hover after start-up', host.firstHoverMilliseconds)}
${row('Later hover, no embeddings loaded', host.laterHover)}
${row('Later hover, embeddings loaded: a word seen before', host.loadedHover)}
${row('Later hover, embeddings loaded: a new word', host.newLoadedHover)}
${row('Neighbors of a new piece for a hover, in the engine: scanned', host.scannedPieces.engine)}
${row('the same, until the answer is in the extension host', host.scannedPieces.answer)}
${row('Neighbors of a new piece for a hover, in the engine: from the neighbor graph', host.graphPieces.engine)}
${row('the same, until the answer is in the extension host', host.graphPieces.answer)}
${single('First command: nothing loaded → answer sent to the panel, 548 MB file', host.firstCommandMilliseconds)}
${row('Later command → answer sent to the panel', host.command)}
${Object.entries(host.typing).map(typingRows).join('\n')}

A keystroke is one in the middle of the text, with its tokens in the status bar: all own work in the extension host, in events and scheduled by
them. Counting it otherwise, as the time for which that thread is busy with VS Code and all of its extensions, a quick keystroke takes
${busy(host.typing.prose)} in the prose, ${busy(host.typing.code)} in the code.

Pauses of the extension host's thread, longest and 99th percentile: ${pauses(host.idlePauses)} while nothing happens, ${pauses(host.wakePauses)} while
a worker is started and reads the kept index, ${pauses(host.enginePauses)} while the engine answers (every tenth question all 50,257 tokens).
${host.foreign ? foreignFiles(host.foreign) : ''}`;
}

const FOREIGN = {
  nothing: 'Nothing, for five seconds',
  deep: 'tokenizer.json of 64 MB of opening brackets',
  objects: 'tokenizer.json of 64 MB of small objects',
  large: 'tokenizer.json of 51 MB, 1,300,256 tokens',
  llama3: 'as Llama 3',
  gemma: 'as Gemma, which does not split texts',
  repeated: '`(?:a+){16}b` on `a…`',
  words: '`\\w*\\w*\\w*!` on `w…`',
  stars: '`a*` sixty times and `b`, on `a…`',
  largest: 'the largest pattern that is taken, on `ab…`',
};

function foreignFiles(foreign) {
  const cell = (stretch) =>
    stretch ? `${ms(stretch.milliseconds)} | ${ms(stretch.longestPause)}` : 'refused |';
  const rows = Object.entries(FOREIGN).map(([name, what]) => {
    const { load, document, api } = foreign[name];
    return `| ${what} | ${cell(load)} | ${name === 'nothing' ? ' | | | |' : `${cell(document)} | ${cell(api)} |`}`;
  });
  return `
### Files of others

What a foreign \`tokenizer.json\` costs, and the longest pause of the extension host's thread meanwhile, that of VS Code and the collector
included: loading the model; a document of 50,000 characters, tokenized, drawn and counted as a selection; a million characters
counted for another extension.

| What | load | pause | document | pause | API | pause |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

const typingRows = ([kind, { units, lines, open, quick, slow, banded, bandedById, bandedTokens }]) => {
  const where = `${KINDS[kind]} of ${thousands(units)} characters in ${thousands(lines)} lines`;
  return [
    single(`${where}: opened, all tokens counted, in slices`, open),
    row('the same: a keystroke, tokens and status bar, one key after the other', quick),
    row('the same: a keystroke with a pause behind it, tooltip and figures of words included', slow),
    row(
      `the same: a keystroke with token bands that alternate, ${thousands(bandedTokens)} tokens in and around the window`,
      banded,
    ),
    row('the same: a keystroke with token bands colored by token id', bandedById),
  ].join('\n');
};

const busy = ({ busy, busyWithout }) => `${ms(busy)} ms, and ${ms(busyWithout)} ms while nothing is counted,`;

const pauses = ({ longest, percentile99 }) => `${ms(longest)} and ${ms(percentile99)} ms`;

const CASES = [
  ['cosine20', 'Cosine, top 20'],
  ['cosine200', 'Cosine, top 200'],
  ['disk20', 'Cosine, top 20, candidates read from the file'],
  ['disk200', 'Cosine, top 200, candidates read from the file'],
  ['centered20', 'Centered cosine, top 20'],
  ['centered200', 'Centered cosine, top 200'],
  ['dot20', 'Dot product, top 20'],
  ['dot200', 'Dot product, top 200'],
  ['euclidean20', 'Euclidean distance, top 20'],
  ['euclidean200', 'Euclidean distance, top 200'],
  ['filtered20', 'Cosine, top 20 of a third of the tokens'],
];

function theSearch(search) {
  const { cases, bareRead, loop } = search;
  const rows = CASES.map(([name, what]) => {
    const figures = cases[name];
    const speed = (search.codeMegabytes / figures.median).toFixed(1);
    return `| ${what} | ${ms(figures.min)} | ${ms(figures.median)} | ${ms(figures.percentile95)} | ${figures.runs} | ${speed} | ${figures.candidates} | ${figures.rescored} |`;
  });
  return `## The search, in one thread

${search.rowCount.toLocaleString('en')} × ${search.dimension}; the codes are ${search.codeMegabytes.toFixed(1)} MB.

| What | min | median | 95 % | runs | GB/s | candidates | rescored |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
| Bare read of the codes in WebAssembly, front to back | ${ms(bareRead.min)} | ${ms(bareRead.median)} | ${ms(bareRead.percentile95)} | ${bareRead.runs} | ${(search.codeMegabytes / bareRead.median).toFixed(1)} | | |
| Cosine, top 20, plain loop in double precision | ${ms(loop.min)} | ${ms(loop.median)} | ${ms(loop.percentile95)} | ${loop.runs} | | | |
| Batch of ${search.batchSize}, top 20, per query | ${ms(search.batch.min)} | ${ms(search.batch.median)} | ${ms(search.batch.percentile95)} | ${search.batch.runs} | | | |
| The same one by one | ${ms(search.oneByOne.min)} | ${ms(search.oneByOne.median)} | ${ms(search.oneByOne.percentile95)} | ${search.oneByOne.runs} | | | |

- Top 20: ${ratio(cases.cosine20, bareRead)} × the bare read of the codes; ${ratio(loop, cases.cosine20)} × faster than the loop, with the same ids and the same scores to the last bit.
- Reading candidates from the file instead of memory adds ${ms(Math.max(0, cases.disk20.median - cases.cosine20.median))} ms for the top 20, ${ms(Math.max(0, cases.disk200.median - cases.cosine200.median))} ms for the top 200.
`;
}

function peers({ top20, top200, unavailable }) {
  const ours20 = top20.Tokenscope;
  const ours200 = top200.Tokenscope;
  const names = Object.keys(top20);
  const cell = (figures, ours) =>
    figures === undefined || figures.unavailable !== undefined
      ? '| | | '
      : `| ${ms(figures.min)} | ${ms(figures.median)} | ${(figures.median / ours.median).toFixed(1)} × `;
  const rows = names.map((name) => {
    const figures = top20[name];
    const version = figures.version === undefined ? '' : ` ${figures.version}`;
    return `| ${name}${version} ${cell(figures, ours20)}${cell(top200[name], ours200)}|`;
  });
  const missing = Object.entries(unavailable).map(([name, reason]) => `- ${name}: not there (${reason}).`);
  return `## Beside its peers

The same questions to all, in turn, so that each finds the processor's caches as the others left them: that is what a single question in
an editor meets, and slower than the table above. All answer the same tokens. Times inside each peer, without its messages; see
\`bench/peers/README.md\`.

| Who | top 20: min | median | ratio | top 200: min | median | ratio |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
${missing.length === 0 ? '' : `\n${missing.join('\n')}\n`}`;
}

function theIndex(index) {
  return `## The index

Each figure from fresh processes.

${HEAD}
${row('Bare read of the rows, one megabyte after the other', index.bareRead)}
${row('Build, first one of a process', index.firstBuild)}
${row('Build, a later one', index.build)}
${row('Second pass for the centered metric, in the background', index.centered)}
${row('One read of the kept index into new memory', index.readFile)}
${row('Kept index: open, read, check', index.openCached)}
${row('First answer after that', index.firstAnswer)}

- A build is ${ratio(index.build, index.bareRead)} × the bare read of the rows; opening to the first answer is ${ratio(index.openToAnswer, index.readFile)} × one read of the file.
- The kept file is ${index.cacheMegabytes.median.toFixed(1)} MB. The process grows from ${index.residentBefore.median.toFixed(0)} to ${index.residentAfter.median.toFixed(0)} MB with the index in memory; the rows stay in their file.
`;
}

function theGraph(graph, { slice }) {
  const { threads1, threads2 } = graph;
  const rows = Object.entries(slice ?? {})
    .filter(([, figures]) => figures.unavailable === undefined)
    .map(([name, { median }]) => {
      const seconds = ((median / 1000) * graph.rowCount) / SLICE_ROWS;
      return `| ${name} | ${seconds.toFixed(1)} | ${(seconds / threads1.seconds).toFixed(2)} × |`;
    });
  return `## The neighbor graph of the whole vocabulary, k = 32, exact

| Who | seconds | ratio |
| --- | ---: | ---: |
| Tokenscope, one thread | ${threads1.seconds.toFixed(1)} | |
| Tokenscope, two threads | ${threads2.seconds.toFixed(1)} | ${(threads2.seconds / threads1.seconds).toFixed(2)} × |
${rows.join('\n')}

The peers were asked a slice of ${SLICE_ROWS} rows against all; their seconds are extrapolated to ${thousands(graph.rowCount)} rows. The inner loop does
${graph.kernelGigaMultiplyAdds.toFixed(0)} billion multiply-adds a second. ${graph.checked} random lists were compared with the plain loop, ${graph.wrong} of them wrong. Memory while it is
computed: ${graph.megabytes.toFixed(0)} MB. An answer from it takes ${ms(graph.answer.median)} ms (median), opening it ${ms(graph.openMilliseconds)} ms.
`;
}

/** Rows of the slice that peers are asked; see peers/comparePeers.mjs. */
const SLICE_ROWS = 480;

/** Nothing where the figures are of a run before there were names. */
function mapLabels(figures) {
  if (figures === undefined) {
    return '';
  }
  const { tokens, words, build, longestSlice, frame, namesOfFrame, withoutRegions, peer } = figures;
  const beside =
    peer.unavailable === undefined
      ? `${row('the same without regions', withoutRegions)}
${row(`the same without regions, with rbush ${peer.version} in place of the grid`, peer.placing)}`
      : '';
  const compared =
    peer.unavailable === undefined
      ? `With the R-tree it takes ${ratio(peer.placing, withoutRegions)} times as long; ${peer.differing} labels differ.`
      : 'rbush was not there to compare with.';
  return `## Names on the map of all tokens

All 15 levels of zoom, from nothing: order, folding, regions, and ${thousands(words)} words that find room among ${thousands(tokens)} tokens of GPT-2, on a map
of a thousand clumps. A frame asks for the names in a view of 1,000 × 800 pixels, at a random place and scale: ${namesOfFrame.toFixed(0)} on average.

${HEAD}
${row('All levels', build)}
${row('Longest slice of a run', longestSlice)}
${row('Names of a frame', frame)}
${beside}

${compared}
`;
}

function largerModels(large) {
  if (large === undefined) {
    return '';
  }
  const rows = large.map(
    ({
      name,
      rowCount,
      dimension,
      dtype,
      codeMegabytes,
      build,
      reopen,
      top20,
      top200,
      bareRead,
      residentAfter,
    }) =>
      `| ${name} | ${thousands(rowCount)} × ${dimension} ${dtype} | ${codeMegabytes.toFixed(0)} | ${(build / 1000).toFixed(1)} s | ${ms(reopen)} | ${ms(top20.median)} | ${ms(top200.median)} | ${ms(bareRead.median)} | ${(top20.median / bareRead.median).toFixed(2)} × | ${residentAfter.toFixed(0)} |`,
  );
  return `## Larger models

Stand-ins of their shapes. The worker and a second thread share the scan from 64 MB of codes on. Times of a query are the engine's.

| Model | shape | codes MB | build | kept → answer | top 20 | top 200 | bare read | ratio | process MB |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}
`;
}

function download(figures) {
  return `## Download of the ${figures.megabytes.toFixed(0)} MB tensor from a server on this machine

${HEAD}
${row('One plain fetch of the same bytes, which neither writes nor checks them', figures.plainFetch)}
${row('Our download: header, ranges, written, checked, in place', figures.download)}
${row('of which the transfer', figures.transfer)}

- ${figures.speedRatio.toFixed(2)} × the speed of the plain fetch, ${figures.transferSpeedRatio.toFixed(2)} × for the transfer alone.
- ${figures.megabytesAboveIdle.median.toFixed(0)} MB of memory above idle at most; the event loop never paused longer than ${ms(figures.longestPause.median)} ms (median of the runs' longest).
`;
}

function tokenizer(figures) {
  const rows = Object.entries(figures).map(
    ([name, { firstUse, microsecondsPerWord }]) =>
      `${row(`${name}: fresh process → first word encoded`, firstUse)}\n${row(`${name}: a new word, **microseconds**`, microsecondsPerWord)}`,
  );
  return `## Tokenizer

${HEAD}
${rows.join('\n')}
`;
}

const KINDS = { prose: 'English prose', code: 'source code', languages: 'many languages' };

function encoding({ bytes, encoders }) {
  const kinds = Object.keys(KINDS);
  const [[, ours], ...peers] = Object.entries(encoders);
  const speed = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
  const rows = Object.entries(encoders).map(([name, figures]) => {
    if (figures.unavailable !== undefined) {
      return `| ${name} (not there) | | | | | | |`;
    }
    const cells = kinds.map(
      (kind) => `${speed(figures[kind].median)} | ${(ours[kind].median / figures[kind].median).toFixed(1)} ×`,
    );
    return `| ${name} | ${cells.join(' | ')} |`;
  });
  const others = peers.filter(([, figures]) => figures.unavailable === undefined);
  const differing = others.filter(([, figures]) =>
    kinds.some((kind) => figures[kind].digest !== ours[kind].digest),
  );
  const agreement =
    others.length === 0
      ? 'None of the others was there to compare the ids with.'
      : differing.length === 0
        ? 'All give the same ids.'
        : `Other ids than ours: ${differing.map(([name]) => name).join(', ')}.`;
  const about = kinds.map(
    (kind) =>
      `${KINDS[kind]} ${(bytes[kind] / 1e6).toFixed(1)} MB, ${ours[kind].bytesPerToken.toFixed(1)} bytes a token`,
  );
  return `## Encoding, in MB/s of UTF-8

Median of texts of a million UTF-16 units, one after the other in one thread, each encoder in a fresh process, the first text left out. Generated prose
with Zipf's distribution of words, this project's own sources, generated words of nine languages: ${about.join('; ')}.

| Who | ${kinds.map((kind) => `${KINDS[kind]} | ours is faster`).join(' | ')} |
| --- | ${kinds.map(() => '---: | ---:').join(' | ')} |
${rows.join('\n')}

${agreement}
`;
}

function typing(documents) {
  const names = { ...KINDS, nucleotides: 'one row of nucleotides' };
  const rows = Object.entries(documents).flatMap(([kind, figures]) => [
    row(
      `${names[kind]}: a keystroke, all tokens counted, those of 5,000 characters around it listed`,
      figures.keystroke,
    ),
    row(`${names[kind]}: the count of a selection of everything but two characters`, figures.selection),
    row(`${names[kind]}: figures of the words after a keystroke`, figures.words),
    single(`${names[kind]}: all tokenized, at first`, figures.open),
  ]);
  return `## Typing in the middle of a million characters

In plain Node, the tokens alone.

${HEAD}
${rows.join('\n')}
`;
}
