// node measureIndex.mjs <checkpoint file> <folder for the cache>: one fresh process: building, keeping and reading an index.
import fs from 'node:fs';
import path from 'node:path';
import { IndexMemory } from '../src/core/embedding/index/indexMemory';
import { indexSections } from '../src/core/embedding/index/indexContents';
import { buildIndex, measureCenteredLengths } from '../src/engine/loaded/buildIndex';
import { openSearch } from '../src/engine/loaded/openSearch';
import { queryVector } from '../src/core/embedding/queryVector';
import { openEmbeddingSource } from '../src/model/embeddingSource';
import { time } from './statistics.mjs';

const [file, cacheFolder, part] = process.argv.slice(2);
const { signal } = new AbortController();
const megabytes = () => process.memoryUsage.rss() / 1e6;
const before = megabytes();
const result = {};

if (part === 'build') {
  const source = await openEmbeddingSource({ kind: 'file', path: file });
  const { rowCount, dimension, dtype } = source.identity;
  // The bare read of the rows' bytes: one megabyte after the other, into the same place.
  const handle = fs.openSync(file, 'r');
  const window = new Uint8Array(1024 * 1024);
  const bytes = rowCount * dimension * (dtype === 'F32' ? 4 : 2);
  const read = () => {
    for (let position = 0; position < bytes; position += window.length) {
      fs.readSync(handle, window, 0, Math.min(window.length, bytes - position), position);
    }
  };
  read();
  result.bareRead = await time(read);
  const build = async () => {
    const memory = new IndexMemory(rowCount, dimension);
    await buildIndex(source, memory, signal);
    return memory;
  };
  // The first is a cold one: what a user waits for. Later ones meet compiled code.
  result.firstBuild = await time(build);
  let memory;
  result.build = await time(async () => {
    memory = await build();
  });
  result.centered = await time(() => measureCenteredLengths(source, memory, signal));
  fs.closeSync(handle);
  await source.close();
} else {
  await prepareCache();
  const [index] = fs.readdirSync(cacheFolder).filter((name) => name.endsWith('.index'));
  const cached = path.join(cacheFolder, index);
  if (part === 'read') {
    // One read of the file, into memory that nobody has touched: what any program has to do.
    const { size } = fs.statSync(cached);
    result.readFile = await time(() => {
      const memory = new WebAssembly.Memory({
        initial: Math.ceil(size / 65536),
        maximum: Math.ceil(size / 65536),
        shared: true,
      });
      const handle = fs.openSync(cached, 'r');
      const target = new Uint8Array(memory.buffer);
      for (let position = 0; position < size; position += 1024 * 1024) {
        fs.readSync(handle, target, position, Math.min(1024 * 1024, size - position), position);
      }
      fs.closeSync(handle);
    });
  } else {
    const source = await openEmbeddingSource({ kind: 'file', path: file });
    let search;
    result.openCached = await time(async () => {
      ({ search } = await openSearch(source, cacheFolder, 'fastest', signal));
    });
    result.firstAnswer = await time(() => {
      const query = queryVector(search, [{ weight: 1, id: 16073 }], 'unit');
      search.search({ query, metric: 'cosine', k: 20 });
    });
    result.openToAnswer = result.openCached + result.firstAnswer;
    result.cacheMegabytes = fs.statSync(cached).size / 1e6;
    result.indexMegabytes =
      [...indexSections(search.memory).values()].reduce((sum, { length }) => sum + length, 0) / 1e6;
    result.residentBefore = before;
    result.residentAfter = megabytes();
    await source.close();
  }
}
console.log(JSON.stringify(result));

async function prepareCache() {
  if (fs.existsSync(cacheFolder) && fs.readdirSync(cacheFolder).some((name) => name.endsWith('.index'))) {
    return;
  }
  const source = await openEmbeddingSource({ kind: 'file', path: file });
  const { rest } = await openSearch(source, cacheFolder, 'fastest', signal);
  await rest.measureCentered(signal);
  await rest.keep(signal);
  await source.close();
}
