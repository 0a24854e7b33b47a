/*
 * AssemblyScript source of the WebAssembly kernel: the loops that read whole matrices, by SIMD over a shared memory, so that several
 * threads can scan one index. It is compiled twice, without relaxed SIMD for runtimes that have none, and with it
 * (ASC_FEATURE_RELAXED_SIMD): ../kernelModule.ts chooses. Relaxed SIMD may round as the processor likes; what is used of it are dot
 * products of whole numbers in a range where all do the same. It allocates nothing: ../../index/indexMemory.ts lays the memory out,
 * and passes addresses, which are byte offsets below 4 GiB.
 *
 * (`@ts-ignore: decorator` stands before every `@inline`: decorators of functions are AssemblyScript's, and an editor that takes the file for
 * TypeScript would mark them.)
 *
 * One index, for n rows of d values; d is padded with zeros to D, a multiple of 16, n to N, a multiple of 4:
 *
 *   codes          int8, N × D. Four rows make a block. In a block, 16 values of row 0 are followed by the same 16 of rows 1, 2
 *                  and 3, then come the next 16 values: the scan reads one single stream.
 *   scales         float32, N: value ≈ scale · code
 *   residuals      float32, N: at least ‖z − scale · code‖, where z is what was coded: the unit row minus the center
 *   codeSums       int32, N: Σ code
 *   squaredNorms   float64, N: Σ value² of the row as the checkpoint holds it
 *   center         float32, D: near the mean of the unit rows. Any vector is right; a good one makes z, and so the errors, small.
 *
 * With relaxed SIMD a byte is a code, and halvedProducts.ts says how sums are made. With plain SIMD codes come in pairs. Of a pair (even
 * value e, odd value o) the two bytes, read as one int16, are exactly 256 · o + e: where e is negative, o is stored as o − 1 (o ≥ −127, so
 * it fits). With int16 query weights v for odd and w for even values
 *
 *   dot(pair, v) + dot(pair << 8, w) = 256 · Σ (o · v + e · (w + v / 256)),
 *
 * so one load serves 16 products, and the query keeps nearly 16 bits while the rows have 8.
 *
 *   scan.ts       scores all rows within bounds, and keeps those that may be among the best k: sums.ts makes sums (pairedProducts.ts,
 *                 halvedProducts.ts), bounds.ts intervals of them, and judge.ts decides
 *   encode.ts     makes codes from rows
 *   checksum.ts   checks an index that was read from disk
 *   exact.ts      double-precision sums over some rows, in the order of ../canonicalSums.ts
 *
 * The neighbor graph has codes of its own, which unitCodes.ts makes (narrowCodes.ts others of them, for relaxed SIMD); tiles.ts finds
 * the pairs of rows that may be near, entries.ts keeps them, and lists.ts scores them exactly. layout.ts lays the rows out on a map, by
 * the lists of that graph.
 */
export { boundRows, scanRows } from './scan';
export { convertCodes } from './codeForm';
export { mixBlocks } from './checksum';
export { addRows, encodeRows } from './encode';
export { centeredDots, dots, squaredDistances } from './exact';
export { encodeUnitRows } from './unitCodes';
export { compactRows } from './entries';
export { addUnitCodes, narrowRows } from './narrowCodes';
export { crossTiles } from './tiles';
export { rankEntries, scoreEntries, settleRow } from './lists';
export { drawEdges, weighNeighbors } from './layout';
