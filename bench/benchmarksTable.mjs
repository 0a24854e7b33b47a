import { asTheExtensionAsks } from './tables/asTheExtensionAsks.mjs';
import { download } from './tables/download.mjs';
import { encoding } from './tables/encoding.mjs';
import { theGraph } from './tables/graph.mjs';
import { theIndex } from './tables/index.mjs';
import { insideVsCode } from './tables/insideVsCode.mjs';
import { introduction } from './tables/introduction.mjs';
import { largerModels } from './tables/largerModels.mjs';
import { theLayout } from './tables/layout.mjs';
import { mapDrawing } from './tables/mapDrawing.mjs';
import { mapLabels } from './tables/mapLabels.mjs';
import { millions } from './tables/millions.mjs';
import { peers } from './tables/peers.mjs';
import { theSearch } from './tables/search.mjs';
import { tokenizer } from './tables/tokenizer.mjs';
import { typing } from './tables/typing.mjs';
import { vscodeNode } from './tables/vscodeNode.mjs';

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
    millions(results.millions),
    mapDrawing(results.mapDrawing),
    download(results.download),
    tokenizer(results.tokenizer),
    encoding(results.encoding),
    typing(results.encoding.documents),
    vscodeNode(results.vscodeNode),
  ]
    .filter((section) => section !== '')
    .join('\n');
}
