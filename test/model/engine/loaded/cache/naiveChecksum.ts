/** The checksum of section files, written from its definition alone: word by word, in whole numbers of any size. */
export function naiveChecksum(bytes: Uint8Array): string {
  const modulus = 2n ** 32n;
  const [p1, p2, p3, p4, p5] = [0x9e3779b1n, 0x85ebca77n, 0xc2b2ae3dn, 0x27d4eb2fn, 0x165667b1n];
  const rotateLeft = (value: bigint, by: bigint): bigint =>
    ((value * 2n ** by) % modulus) + value / 2n ** (32n - by);
  const lanes = Array.from({ length: 16 }, (_, i) => (BigInt(i + 1) * p5) % modulus);
  const padded = [...bytes];
  while (padded.length % 64 !== 0) {
    padded.push(0);
  }
  for (let at = 0; at < padded.length; at += 4) {
    const [b0, b1, b2, b3] = padded.slice(at, at + 4).map(BigInt);
    const word = b0! + b1! * 256n + b2! * 65536n + b3! * 16777216n;
    const lane = (at / 4) % 16;
    lanes[lane] = (rotateLeft((lanes[lane]! + word * p2) % modulus, 13n) * p1) % modulus;
  }
  const length = BigInt(bytes.length);
  return [0, 1, 2, 3]
    .map((j) => {
      let h = p5 + BigInt(j);
      for (const value of [...lanes.slice(4 * j, 4 * j + 4), length % modulus, length / modulus]) {
        h = (rotateLeft((h + value * p3) % modulus, 17n) * p4) % modulus;
      }
      h = ((h ^ (h >> 15n)) * p2) % modulus;
      h = ((h ^ (h >> 13n)) * p3) % modulus;
      h ^= h >> 16n;
      return h.toString(16).padStart(8, '0');
    })
    .join('');
}
