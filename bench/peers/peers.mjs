import os from 'node:os';
import { fileURLToPath } from 'node:url';

const program = (name) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/**
 * The environment of a peer that takes `threads` threads. OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE may be set for the sake of
 * old programs, and slow a current numpy down; its worker threads are to sleep at once and not to disturb the next peer.
 */
const withThreads = (threads) => ({
  OPENBLAS_NUM_THREADS: String(threads),
  OMP_NUM_THREADS: String(threads),
  MKL_NUM_THREADS: String(threads),
  OPENBLAS_THREAD_TIMEOUT: '14',
  OPENBLAS_CORETYPE: undefined,
  OPENBLAS_L2_SIZE: undefined,
  PYTHONDONTWRITEBYTECODE: '1',
});

/** Python for numpy. */
export const python = process.env.TOKENSCOPE_BENCH_PYTHON || 'python3';
/** Debian's faiss belongs to Debian's Python, which need not be the first on the path. */
const faissPython = process.env.TOKENSCOPE_BENCH_FAISS_PYTHON || '/usr/bin/python3';

const numpy = (name, way, threads = 1, incomplete = false) => ({
  name,
  command: python,
  parameters: [program('numpyPeer.py'), way],
  environment: withThreads(threads),
  incomplete,
});

const faiss = (name, threads = 1, environment = {}) => ({
  name,
  command: faissPython,
  parameters: [program('faissPeer.py'), String(threads)],
  environment: { ...withThreads(threads), ...environment },
});
/** A library of faiss's own kernels, built for this processor, to take the place of generic ones; see README.md. */
const faissKernels = process.env.TOKENSCOPE_BENCH_FAISS_KERNELS;

const javascript = (name, [file, ...parameters], slow = false) => ({
  name,
  command: process.execPath,
  parameters: [program(file), ...parameters],
  slow,
});

/**
 * What a search is compared with, each on one thread unless its name says otherwise.
 *
 * @type {import('./peerProcess.mjs').PeerDefinition[]}
 */
export const PEERS = [
  numpy('numpy, product alone', 'product', 1, true),
  numpy('numpy, argsort', 'argsort'),
  numpy('numpy, argpartition', 'argpartition'),
  numpy('numpy, argpartition, all threads', 'argpartition', os.availableParallelism()),
  faiss('faiss IndexFlatIP'),
  faiss('faiss IndexFlatIP, all threads', os.availableParallelism()),
  ...(faissKernels ? [faiss('faiss IndexFlatIP, AVX2 kernels', 1, { LD_PRELOAD: faissKernels })] : []),
  javascript('usearch exactSearch', ['usearchExact.mjs', '1']),
  javascript('usearch exactSearch, all threads', ['usearchExact.mjs', '0']),
  javascript('simsimd, a call a row', ['simsimdRows.mjs']),
  javascript('loop over a typed array', ['typedArrayLoop.mjs'], true),
  javascript('ml-matrix mmul', ['mlMatrix.mjs'], true),
  javascript('Transformers.js cos_sim', ['cosSimLoop.mjs'], true),
];
