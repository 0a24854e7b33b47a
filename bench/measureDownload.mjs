// The download of the embedding tensor from a local hub server: its speed beside one plain `fetch` of the same bytes, and its
// memory. `measureDownload(checkpoint)` gives the figures; `node bench/measureDownload.mjs [folder]` prints them.
//
// Server, plain fetch and download each have a process of their own, and a fetch and a download take turns, so that both meet
// the same machine. The plain fetch asks the same server for the same range, follows its redirect, and drops what arrives:
// it neither writes nor checks anything.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { isStartedModule } from '../scripts/startedModule.mjs';
import { summarize } from './statistics.mjs';

const PROJECT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const RUNS = 7;
const run = promisify(execFile);

/** Bundles with esbuild to plain JavaScript, so that no process measures the transpiler. */
async function bundle(entry, outfile) {
  await esbuild.build({
    absWorkingDir: PROJECT,
    ...(entry.contents === undefined
      ? { entryPoints: [entry.file] }
      : { stdin: { contents: entry.contents, resolveDir: path.join(PROJECT, 'bench'), loader: 'js' } }),
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    logLevel: 'warning',
  });
}

async function startServer(program, checkpoint) {
  const child = spawn(
    process.execPath,
    [program, '--checkpoint', checkpoint, '--repository', 'bench/planted', '--attached'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const [endpoint] = await Promise.race([
    new Promise((resolve) =>
      createInterface({ input: child.stdout }).once('line', (line) => resolve([line])),
    ),
    new Promise((_, reject) => child.once('exit', () => reject(new Error('the hub server ended')))),
  ]);
  return { endpoint, stop: () => child.stdin.end() };
}

/** One plain fetch in a fresh process: milliseconds and megabytes of memory above idle. */
const FETCH = `
  const [address, first, last] = process.argv.slice(2);
  (async () => {
    const start = performance.now();
    const response = await fetch(address, { headers: { range: \`bytes=\${first}-\${last}\` } });
    let bytes = 0;
    for await (const piece of response.body) {
      bytes += piece.length;
    }
    if (response.status !== 206 || bytes !== last - first + 1) {
      throw new Error(\`status \${response.status}, \${bytes} bytes\`);
    }
    console.log(JSON.stringify({ milliseconds: performance.now() - start, bytes }));
  })();
`;

/** One download in a fresh process. */
const DOWNLOAD = `
  import { HubDownloader } from '../src/model/hub/hubDownloader';
  const [endpoint, storage, repository, revision] = process.argv.slice(2);
  const measure = async () => {
    const idle = process.memoryUsage().rss;
    let peak = idle;
    let longestPause = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      longestPause = Math.max(longestPause, now - last - 5);
      last = now;
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 5);
    const phases = {};
    const start = performance.now();
    const downloader = new HubDownloader({ storage, endpoint: new URL(endpoint) });
    await downloader.download({ repository, revision }, {
      signal: new AbortController().signal,
      onProgress: ({ phase }) => (phases[phase] = performance.now() - start),
    });
    const milliseconds = performance.now() - start;
    clearInterval(timer);
    const transferMilliseconds = phases.checking;
    peak = Math.max(peak, process.memoryUsage.rss());
    console.log(JSON.stringify({ milliseconds, transferMilliseconds, longestPause, megabytesAboveIdle: (peak - idle) / 1e6 }));
  };
  void measure();
`;

/**
 * @param {string} checkpoint Folder of the planted checkpoint.
 * @returns Figures: milliseconds of the plain fetch, of the whole download and of its transfer alone (before the bytes are on
 *   the disk for good), the ratio of the speeds, and the memory above idle in megabytes.
 */
export async function measureDownload(checkpoint) {
  const work = await fs.mkdtemp(path.join(os.tmpdir(), 'tokenscope-download-'));
  try {
    const [serve, download, fetcher] = ['serve.cjs', 'download.cjs', 'fetch.cjs'].map((name) =>
      path.join(work, name),
    );
    await bundle({ file: 'test/fixtures/hub/serveHub.ts' }, serve);
    await bundle({ contents: DOWNLOAD }, download);
    await fs.writeFile(fetcher, FETCH);
    const commit = '607a30d783dfa663caf39e06633721c8d4cfcd7e';
    const server = await startServer(serve, checkpoint);
    try {
      const { first, last } = await tensorRange(checkpoint);
      const address = `${server.endpoint}/bench/planted/resolve/${commit}/model.safetensors`;
      const figures = { fetch: [], download: [], transfer: [], pause: [], memory: [] };
      for (let i = 0; i <= RUNS; i++) {
        const plain = await json(fetcher, address, first, last);
        const storage = path.join(work, `storage-${String(i)}`);
        const ours = await json(download, server.endpoint, storage, 'bench/planted', commit);
        await fs.rm(storage, { recursive: true });
        // The first run only fills the page cache.
        if (i > 0) {
          figures.fetch.push(plain.milliseconds);
          figures.download.push(ours.milliseconds);
          figures.transfer.push(ours.transferMilliseconds);
          figures.pause.push(ours.longestPause);
          figures.memory.push(ours.megabytesAboveIdle);
        }
      }
      const bytes = last - first + 1;
      const ratios = figures.fetch.map((milliseconds, i) => milliseconds / figures.download[i]);
      return {
        megabytes: bytes / 1e6,
        plainFetch: summarize(figures.fetch),
        download: summarize(figures.download),
        transfer: summarize(figures.transfer),
        /** Speed of the download by the speed of the fetch before it: the median of the pairs. */
        speedRatio: summarize(ratios).median,
        transferSpeedRatio: summarize(
          figures.fetch.map((milliseconds, i) => milliseconds / figures.transfer[i]),
        ).median,
        longestPause: summarize(figures.pause),
        megabytesAboveIdle: summarize(figures.memory),
      };
    } finally {
      server.stop();
    }
  } finally {
    await fs.rm(work, { recursive: true, force: true });
  }
}

async function json(program, ...parameters) {
  const { stdout } = await run(process.execPath, [program, ...parameters.map(String)]);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** First and last byte of `wte.weight`, from the header. */
async function tensorRange(checkpoint) {
  const handle = await fs.open(path.join(checkpoint, 'model.safetensors'));
  try {
    const prefix = Buffer.alloc(8);
    await handle.read(prefix, 0, 8, 0);
    const header = Buffer.alloc(Number(prefix.readBigUInt64LE(0)));
    await handle.read(header, 0, header.length, 8);
    const [begin, end] = JSON.parse(header.toString())['wte.weight'].data_offsets;
    return { first: 8 + header.length + begin, last: 8 + header.length + end - 1 };
  } finally {
    await handle.close();
  }
}

if (isStartedModule(import.meta.url)) {
  const checkpoint = process.argv[2] ?? path.join(PROJECT, '.cache', 'checkpoints', 'gpt2-planted');
  console.log(JSON.stringify(await measureDownload(checkpoint), undefined, 2));
}
