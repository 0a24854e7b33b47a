/*
 * Step 2 of the checksum that ../../checksum.ts defines, four lanes a register. A multiplication takes several cycles before the next
 * round of its lane can begin; four registers in turn hide most of that.
 */

const P1: i32 = 0x9e3779b1;
const P2: i32 = 0x85ebca77;

// @ts-ignore: decorator
@inline
function round(lanes: v128, words: v128): v128 {
  const sum = i32x4.add(lanes, i32x4.mul(words, i32x4.splat(P2)));
  return i32x4.mul(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), i32x4.splat(P1));
}

/** Mixes `bytes` bytes, a multiple of 64, into the 16 lanes. */
export function mixBlocks(lanes: usize, blocks: usize, bytes: usize): void {
  let lanes0 = v128.load(lanes);
  let lanes1 = v128.load(lanes, 16);
  let lanes2 = v128.load(lanes, 32);
  let lanes3 = v128.load(lanes, 48);
  for (const end = blocks + bytes; blocks < end; blocks += 64) {
    lanes0 = round(lanes0, v128.load(blocks));
    lanes1 = round(lanes1, v128.load(blocks, 16));
    lanes2 = round(lanes2, v128.load(blocks, 32));
    lanes3 = round(lanes3, v128.load(blocks, 48));
  }
  v128.store(lanes, lanes0);
  v128.store(lanes, lanes1, 16);
  v128.store(lanes, lanes2, 32);
  v128.store(lanes, lanes3, 48);
}
