/*
 * The least that any scan of the matrix must do: read its bytes. Same instructions, same memory, no arithmetic worth the name.
 */

/** Exclusive or of all 32-bit words of `bytes` bytes, a multiple of 64, so that no read can be left out. */
export function readBytes(start: usize, bytes: usize): i32 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  const end = start + bytes;
  for (let address = start; address < end; address += 64) {
    a = v128.xor(a, v128.load(address));
    b = v128.xor(b, v128.load(address, 16));
    c = v128.xor(c, v128.load(address, 32));
    d = v128.xor(d, v128.load(address, 48));
  }
  const all = v128.xor(v128.xor(a, b), v128.xor(c, d));
  return (
    i32x4.extract_lane(all, 0) ^
    i32x4.extract_lane(all, 1) ^
    i32x4.extract_lane(all, 2) ^
    i32x4.extract_lane(all, 3)
  );
}
