import { foreignFiles } from './foreignFiles.mjs';
import { KINDS } from './kinds.mjs';
import { HEAD, ms, row, single, thousands } from './cells.mjs';

export function insideVsCode(host) {
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
